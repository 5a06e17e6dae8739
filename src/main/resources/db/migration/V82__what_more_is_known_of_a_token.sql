-- What an owner writes about a token, why it was ended, since when it is suspended, and at which services it is one. A row without
-- resources is from before there were any, or from a node that knows of none: a token of this server. Tokens that were imported
-- have no hint.
alter table api_token
    alter column hint drop not null,
    add column description       text,
    add column revocation_reason text,
    add column suspended_at      timestamptz,
    add column resources         text; -- names with single spaces between them

-- As before (V30), and of what came since.
drop trigger api_token_changed on api_token;
create trigger api_token_changed
    after update of id, owner_id, created_at, expires_at, not_before, rotated_at, revoked_at, rate_limit, digest, kind, hint,
        name, scopes, allowed_ips, client_id, description, suspended_at, resources on api_token
    for each row execute function tell_change();
