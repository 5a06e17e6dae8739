-- Applications that get tokens. Of a secret only its SHA-256 stands here. Lists are plain text with single spaces between
-- the entries.
create table oauth_client (
    id            uuid primary key,
    client_id     text        not null unique,
    name          text        not null check (length(name) <= 100),
    secret_digest bytea,                -- null: a public client
    grant_types   text        not null,
    scopes        text        not null, -- the most that it may ask for
    redirect_uris text        not null,
    serves_role   text,                 -- the role that accounts need to sign in through it by password
    account_id    uuid references app_user on delete set null, -- the account that its own tokens act for
    created_at    timestamptz not null
);

create index oauth_client_account on oauth_client (account_id) where account_id is not null;
create index api_token_client on api_token (client_id, owner_id) where client_id is not null;
