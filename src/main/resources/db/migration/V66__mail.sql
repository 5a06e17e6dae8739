-- Mails that wait to be sent, written together with what they tell of. One that is done stays a while: by its name
-- (once) nobody is told the same again.
create table queued_mail (
    id          bigint generated always as identity primary key,
    owner_id    uuid        not null,
    kind        text        not null,
    once        text,
    token_name  text,
    token_hint  text,
    token_end   timestamptz,
    ip          text,
    at          timestamptz not null,
    due_at      timestamptz,           -- null: done
    attempts    integer     not null default 0
);
create unique index queued_mail_once on queued_mail (once) where once is not null;
create index queued_mail_due on queued_mail (due_at, id) where due_at is not null;
create index queued_mail_at on queued_mail (at);
