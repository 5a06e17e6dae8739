-- Devices that ask to act for somebody who answers elsewhere (RFC 8628). Both codes are kept as SHA-256: that of the device
-- holds 256 random bits, that of the person lives ten minutes. A row goes when its tokens are given.
create table oauth_device (
    id               uuid primary key,
    client_id        uuid        not null references oauth_client on delete cascade,
    owner_id         uuid        references app_user on delete cascade, -- who has answered
    created_at       timestamptz not null,
    expires_at       timestamptz not null,
    asked_at         timestamptz,          -- when the device last asked whether there is an answer
    interval_seconds integer     not null, -- how long it has to wait until it asks again
    device_digest    bytea       not null unique,
    user_digest      bytea       not null unique,
    wanted_scopes    text        not null,
    granted_scopes   text,                 -- null: nobody has agreed
    denied           boolean     not null default false
);

create index oauth_device_client on oauth_device (client_id, created_at);
create index oauth_device_owner on oauth_device (owner_id) where owner_id is not null;
create index oauth_device_expiry on oauth_device (expires_at);
