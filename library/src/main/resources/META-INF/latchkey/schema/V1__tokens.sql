-- What tokens need, in a schema of its own and without a reference to any table of the application. Names are not qualified here:
-- whoever runs this by hand sets search_path to latchkey before. Functions that read tables find them whatever search_path is.
create table token_owner (
    id       uuid    primary key,
    enabled  boolean not null,
    username text    not null,        -- what the application calls the user in its log
    name     text    not null,        -- what people call the user
    roles    text    not null,        -- with single spaces between them
    host_id  text    not null unique  -- by which the application knows the user, never given again
);

create table api_token (
    id                uuid primary key,
    owner_id          uuid        not null references token_owner on delete cascade,
    family_id         uuid,                  -- the first token of a row of rotations; null: the token itself
    predecessor_id    uuid,                  -- the token that this one was rotated from
    parent_id         uuid,                  -- the token with which this one was made
    created_at        timestamptz not null,
    expires_at        timestamptz,
    not_before        timestamptz,
    last_used_at      timestamptz,
    rotated_at        timestamptz,           -- when a successor was made
    revoked_at        timestamptz,           -- may lie ahead: the end of a rotated token's grace period
    rate_limit        int,
    digest            bytea       not null,  -- SHA-256 of the raw token, or its HMAC with a pepper
    kind              text        not null,  -- the last letter of the raw token's prefix
    hint              text,
    name              text        not null,
    scopes            text        not null,
    allowed_ips       text,                  -- null: from anywhere
    last_used_ip      text,
    client_id         text,
    max_role          text,                  -- the highest role that it acts with; null: any
    rotates_itself    boolean     not null default false,
    outlived          boolean     not null default false,
    family_began_at   timestamptz,
    description       text,
    revocation_reason text,
    suspended_at      timestamptz,
    resources         text,
    imported_from     text,
    imported_number   bigint,
    imported_with     uuid,
    end_chosen        boolean                -- whether the owner chose the date of its end; null: nobody did
) with (fillfactor = 90);

create unique index api_token_digest on api_token (digest);
create index api_token_owner on api_token (owner_id, created_at);
create index api_token_expiry on api_token (expires_at) where expires_at is not null;
create index api_token_revocation on api_token (revoked_at) where revoked_at is not null;
create index api_token_family on api_token (family_id) where family_id is not null;
create index api_token_parent on api_token (parent_id) where parent_id is not null;
create index api_token_imported on api_token (imported_number) where imported_from is not null;
create index api_token_imported_with on api_token (imported_with) where imported_with is not null;
create index api_token_living on api_token (
    uuid_hash(owner_id),
    coalesce((least(expires_at, revoked_at) at time zone 'UTC')::date, date 'infinity')
);

create table token_use (
    token_id uuid not null references api_token on delete cascade,
    day      date not null,
    minutes  int  not null,
    primary key (token_id, day)
) with (fillfactor = 70);

create table token_scope_use (
    token_id uuid not null references api_token on delete cascade,
    scope    text not null,
    day      date not null,
    primary key (token_id, scope)
) with (fillfactor = 70);

create table token_pepper (
    number           smallint primary key check (number between 1 and 255),
    fingerprint      text not null unique,
    begun_at         timestamptz, -- since when new tokens are written with it, and no node without it starts
    plain_refused_at timestamptz  -- since when a row without a pepper is no token
);

create table token_node (
    id      uuid primary key,
    pepper  smallint,
    seen_at timestamptz not null
);

create function refuse_plain_digest() returns trigger language plpgsql set search_path = latchkey, pg_temp as $$
begin
    if exists (select 1 from token_pepper where plain_refused_at is not null) then
        raise serialization_failure using message = 'tokens are kept with a pepper';
    end if;
    return new;
end
$$;

create trigger api_token_refuses_plain before insert on api_token
    for each row when (length(new.digest) = 32) execute function refuse_plain_digest();

-- Whoever makes a token holds its owner with others, whoever ends tokens takes it alone, in turn.
create function hold_account(account uuid) returns void language sql as
$$ select pg_advisory_xact_lock_shared(hashtextextended('account ' || account, 0)) $$;

create function take_account(account uuid) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended('account ' || account, 0)) $$;

-- Whatever changes what nodes remember is told to all of them at the commit, also when it was changed by hand. A transaction tells
-- of a hundred rows one by one and of more than that as one, '*': everything.
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
        name, scopes, allowed_ips, client_id, description, suspended_at, resources, family_id, parent_id, family_began_at,
        max_role, rotates_itself, imported_number on api_token
    for each row execute function tell_change();

create trigger api_token_deleted after delete on api_token
    for each row when (coalesce(least(old.expires_at, old.revoked_at), 'infinity') > now() - interval '1 hour')
    execute function tell_change();

create trigger api_token_truncated after truncate on api_token
    for each statement execute function tell_change();

create trigger token_owner_changed after update on token_owner
    for each row execute function tell_change();

create trigger token_owner_deleted after delete on token_owner
    for each row execute function tell_change();

create trigger token_owner_truncated after truncate on token_owner
    for each statement execute function tell_change();

create function tell_import() returns trigger language plpgsql as $$
begin
    perform pg_notify('latchkey_changes', '696d706f-7274-4000-8000-000000000000');
    return null;
end
$$;

create trigger api_token_imported after insert on api_token
    for each row when (new.imported_from is not null) execute function tell_import();
