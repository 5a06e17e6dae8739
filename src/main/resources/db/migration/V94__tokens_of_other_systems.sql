-- Tokens that another system gave out, whose holders go on using them. Their raw form is not ours, so that no hint is known.
alter table api_token
    add column imported_from   text,    -- what was read: sanctum, shield, hashes, keys; null: made here
    add column imported_number bigint,  -- stands before the raw token, as Sanctum writes it
    add column imported_with   uuid;    -- the token with which it was imported; null: by a person

create index api_token_imported on api_token (imported_number) where imported_from is not null;
create index api_token_imported_with on api_token (imported_with) where imported_with is not null;

-- That there are some decides what is looked up at all. Nodes remember it, under an id of its own.
create function tell_import() returns trigger language plpgsql as $$
begin
    perform pg_notify('latchkey_changes', '696d706f-7274-4000-8000-000000000000');
    return null;
end
$$;

create trigger api_token_imported after insert on api_token
    for each row when (new.imported_from is not null) execute function tell_import();
