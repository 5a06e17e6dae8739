-- Nodes remember tokens and their owners. Whatever changes what they remember is told to all of them at the commit, also
-- when it was changed by hand. New rows are not told of: nobody can remember them yet, and a commit that tells something
-- waits for all others that do.
--
-- Row triggers with column lists, so that writing a last use costs nothing: a statement trigger that sees the rows cannot
-- have a column list. A transaction tells of a hundred rows one by one and of more than that as one, '*': everything.
create function tell_change() returns trigger language plpgsql as $$
declare
    told int := coalesce(nullif(current_setting('latchkey.told', true), ''), '0')::int;
begin
    if told > 100 then
        return null;
    end if;
    perform set_config('latchkey.told', (told + 1)::text, true);
    if told = 100 or tg_op = 'TRUNCATE' then
        perform pg_notify('latchkey_changes', '*');
    else
        perform pg_notify('latchkey_changes', old.id::text);
    end if;
    return null;
end
$$;

create trigger api_token_changed
    after update of id, owner_id, created_at, expires_at, not_before, rotated_at, revoked_at, rate_limit, digest, kind, hint,
        name, scopes, allowed_ips, client_id on api_token
    for each row execute function tell_change();

-- A token that had ended is refused by the time that is remembered with it, so that pruning tells nobody. The hour
-- covers clocks that differ.
create trigger api_token_deleted after delete on api_token
    for each row when (coalesce(least(old.expires_at, old.revoked_at), 'infinity') > now() - interval '1 hour')
    execute function tell_change();

create trigger api_token_truncated after truncate on api_token
    for each statement execute function tell_change();

create trigger app_user_changed
    after update of id, email, name, roles, enabled, created_at on app_user
    for each row execute function tell_change();

create trigger app_user_deleted after delete on app_user
    for each row execute function tell_change();

create trigger app_user_truncated after truncate on app_user
    for each statement execute function tell_change();
