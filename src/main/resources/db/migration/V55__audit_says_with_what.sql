-- With what somebody acted (a token, a client, a session: its id opens nothing), and which fields were what before. Rows
-- of the version before say neither.
alter table audit_event
    add column credential_kind text,
    add column credential_id   text,
    add column changes         jsonb not null default '[]';
