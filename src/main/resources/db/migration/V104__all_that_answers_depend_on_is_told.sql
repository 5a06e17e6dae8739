-- What else verification reads of a token and nothing but a hand changes once it stands. Other processes keep answers that depend
-- on it, and hear of a change as nodes do. What V30 lists is told of as before.
create trigger api_token_origin_changed
    after update of family_id, parent_id, family_began_at, max_role, rotates_itself, imported_number on api_token
    for each row when ((old.family_id, old.parent_id, old.family_began_at, old.max_role, old.rotates_itself, old.imported_number)
        is distinct from (new.family_id, new.parent_id, new.family_began_at, new.max_role, new.rotates_itself, new.imported_number))
    execute function tell_change();
