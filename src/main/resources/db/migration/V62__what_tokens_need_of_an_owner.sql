-- At once as strong as is needed anywhere below: who asks for more later waits for writers that wait for him.
lock table app_user in access exclusive mode;

-- What tokens need of the account that owns them. Verification joins it, and knows nothing else of accounts.
create table token_owner (
    id       uuid    primary key, -- the account's
    enabled  boolean not null,
    username text    not null,    -- by which it signs in: here, its address
    name     text    not null,    -- what people call it
    roles    text    not null     -- with single spaces between them
);

-- A trigger fills it, in the statement that changes the account: whoever makes that change, this version or the one before,
-- or somebody by hand, cannot forget it. The account's row is always locked first, then this one. What stays as it is is not
-- written, so that nobody is told of it.
create function mirror_token_owner() returns trigger language plpgsql as $$
begin
    if tg_op = 'TRUNCATE' then
        truncate token_owner cascade;
        return null;
    end if;
    if tg_op = 'DELETE' then
        delete from token_owner where id = old.id;
        return null;
    end if;
    if tg_op = 'UPDATE' and new.id <> old.id then
        -- Fails while there are tokens, as with any other reference.
        update token_owner set id = new.id where id = old.id;
    end if;
    insert into token_owner as mirror (id, enabled, username, name, roles)
    values (new.id, new.enabled, new.email, new.name, new.roles)
    on conflict (id) do update
    set enabled = excluded.enabled, username = excluded.username, name = excluded.name, roles = excluded.roles
    where (mirror.enabled, mirror.username, mirror.name, mirror.roles)
        is distinct from (excluded.enabled, excluded.username, excluded.name, excluded.roles);
    return null;
end
$$;

create trigger app_user_mirrored after insert or delete or update of id, email, name, roles, enabled on app_user
    for each row execute function mirror_token_owner();

create trigger app_user_mirror_truncated after truncate on app_user
    for each statement execute function mirror_token_owner();

insert into token_owner (id, enabled, username, name, roles)
select id, enabled, email, name, roles from app_user;

-- Nodes remember this row and not the account's any more, and are told when it changes (V30), once.
drop trigger app_user_changed on app_user;
drop trigger app_user_deleted on app_user;
drop trigger app_user_truncated on app_user;

create trigger token_owner_changed after update on token_owner
    for each row execute function tell_change();

create trigger token_owner_deleted after delete on token_owner
    for each row execute function tell_change();

create trigger token_owner_truncated after truncate on token_owner
    for each statement execute function tell_change();
