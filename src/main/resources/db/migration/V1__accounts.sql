-- Accounts. The address is unique without regard to case; roles are names with single spaces between them.
create table app_user (
    id            uuid primary key,
    email         text        not null check (length(email) <= 254),
    name          text        not null check (length(name) <= 100),
    password_hash text        not null,
    roles         text        not null,
    enabled       boolean     not null,
    created_at    timestamptz not null
);

create unique index app_user_email on app_user (lower(email));
