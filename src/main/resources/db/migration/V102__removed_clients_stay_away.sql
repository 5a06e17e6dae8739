-- Clients that described themselves and that an administrator has removed: nobody learns of them again until the row goes.
create table oauth_client_removed (
    id         uuid primary key, -- of the registration that was removed
    client_id  text        not null unique,
    name       text        not null,
    removed_at timestamptz not null
);

create index oauth_client_removed_order on oauth_client_removed (removed_at desc, id);
