-- What two addresses have in common that are one: NFC, without regard to case. The server makes the key at the start, since
-- what the database takes for case depends on its locale. Accounts from before that share an address keep it.
alter table app_user
    add column email_key    text,
    add column email_shared boolean not null default false;

create index app_user_email_key on app_user (email_key);
create unique index app_user_email_key_alone on app_user (email_key) where not email_shared;

-- Whoever changes an address by hand leaves no key of another one behind.
create function forget_email_key() returns trigger language plpgsql as $$
begin
    if new.email is distinct from old.email and new.email_key is not distinct from old.email_key then
        new.email_key := null;
    end if;
    return new;
end
$$;

create trigger app_user_email_changed before update of email on app_user
    for each row execute function forget_email_key();
