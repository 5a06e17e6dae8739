-- The resource of the tests.
create table test_note (
    id         uuid primary key,
    owner_id   uuid        not null references app_user on delete cascade,
    created_at timestamptz not null,
    copies     int         not null check (copies > 0),
    text       text        not null
);

create index test_note_owner on test_note (owner_id, created_at);
