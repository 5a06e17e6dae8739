-- Tokens at rest: the digest, never the token. The columns stand in an order that wastes no padding, and scopes and
-- networks are plain text with single spaces between the entries: a row with its index entries stays under 400 bytes.
create table api_token (
    id             uuid primary key,
    owner_id       uuid        not null references app_user on delete cascade,
    family_id      uuid,                  -- the first token of a row of rotations; null: the token itself
    predecessor_id uuid,                  -- the token that this one was rotated from
    parent_id      uuid,                  -- the token with which this one was made
    created_at     timestamptz not null,
    expires_at     timestamptz,
    not_before     timestamptz,
    last_used_at   timestamptz,
    rotated_at     timestamptz,           -- when a successor was made
    revoked_at     timestamptz,           -- may lie ahead: the end of a rotated token's grace period
    rate_limit     int,
    digest         bytea       not null,  -- SHA-256 of the raw token
    kind           text        not null,  -- the last letter of the raw token's prefix
    hint           text        not null,
    name           text        not null,
    scopes         text        not null,
    allowed_ips    text,                  -- null: from anywhere
    last_used_ip   text,
    client_id      text                   -- the OAuth client that holds it
) with (fillfactor = 90);

create unique index api_token_digest on api_token (digest);
create index api_token_owner on api_token (owner_id, created_at);
create index api_token_expiry on api_token (expires_at) where expires_at is not null;
create index api_token_revocation on api_token (revoked_at) where revoked_at is not null;
create index api_token_family on api_token (family_id) where family_id is not null;
create index api_token_parent on api_token (parent_id) where parent_id is not null;

create table shedlock (
    name       varchar(64) primary key,
    lock_until timestamptz  not null,
    locked_at  timestamptz  not null,
    locked_by  varchar(255) not null
);
