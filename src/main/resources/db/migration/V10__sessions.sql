-- Web sessions, in the shape that Spring Session writes. session_id is the SHA-256 of what the cookie holds, so that a
-- copy of this table opens nobody's session. principal_name is the account's id.
create table web_session (
    primary_id            text   primary key,
    session_id            text   not null,
    creation_time         bigint not null,
    last_access_time      bigint not null,
    max_inactive_interval int    not null,
    expiry_time           bigint not null,
    principal_name        text
);

create unique index web_session_digest on web_session (session_id);
create index web_session_expiry on web_session (expiry_time);
create index web_session_user on web_session (principal_name) where principal_name is not null;

create table web_session_attributes (
    session_primary_id text  not null references web_session on delete cascade,
    attribute_name     text  not null,
    attribute_bytes    bytea not null,
    primary key (session_primary_id, attribute_name)
);
