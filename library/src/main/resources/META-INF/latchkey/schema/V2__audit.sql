-- What happened to tokens: who, with what, from where, when. Neither a token nor its digest stands here. Rows outlive the tokens
-- that they are about. Refusals of one kind from one place are folded into one row with a count.
create table audit_event (
    id              bigint generated always as identity primary key,
    at              timestamptz not null,
    action          text        not null,
    actor_id        uuid,
    actor           text,
    owner_id        uuid,
    token_id        uuid,
    ip              text,
    count           int         not null default 1,
    detail          text,
    credential_kind text,
    credential_id   text,
    changes         jsonb       not null default '[]',
    request_id      text
);

create index audit_event_at on audit_event (at, id);
create index audit_event_token on audit_event (token_id, at) where token_id is not null;
create index audit_event_owner on audit_event (owner_id, at) where owner_id is not null;
create index audit_event_actor on audit_event (actor_id, at, id) where actor_id is not null;
create index audit_event_address on audit_event (lower(actor), at, id) where actor is not null;
create index audit_event_action on audit_event (action, at, id);
