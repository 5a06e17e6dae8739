-- Requests of applications to act for somebody, from the question to the code and the tokens that it gave. State and code
-- are kept as SHA-256. A used code stays until it would have expired long ago, so that a second use is noticed.
create table oauth_authorization (
    id             uuid primary key,
    client_id      uuid        not null references oauth_client on delete cascade,
    owner_id       uuid        not null references app_user on delete cascade,
    family_id      uuid,                  -- the grant that the code was redeemed for
    created_at     timestamptz not null,
    expires_at     timestamptz not null,  -- of the state, and later of the code
    used_at        timestamptz,           -- when the code was redeemed
    state_digest   bytea,                 -- while the account is asked
    code_digest    bytea,                 -- afterwards
    wanted_scopes  text        not null,
    granted_scopes text,
    redirect_uri   text,                  -- as the request gave it; null: not given
    client_state   text,                  -- what the application wants back with the answer
    code_challenge text        not null   -- by S256
);

create unique index oauth_authorization_state on oauth_authorization (state_digest) where state_digest is not null;
create unique index oauth_authorization_code on oauth_authorization (code_digest) where code_digest is not null;
create index oauth_authorization_owner on oauth_authorization (owner_id, client_id);
create index oauth_authorization_expiry on oauth_authorization (expires_at);

-- To what an account has agreed, so that it is not asked for the same twice.
create table oauth_consent (
    owner_id  uuid        not null references app_user on delete cascade,
    client_id uuid        not null references oauth_client on delete cascade,
    given_at  timestamptz not null,
    scopes    text        not null,
    primary key (owner_id, client_id)
);

create index oauth_consent_client on oauth_consent (client_id);
