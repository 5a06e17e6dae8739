-- Forms that may act only once, whatever the back button and an impatient finger do.
create table sent_form (
    id      uuid        primary key,
    sent_at timestamptz not null
);

create index sent_form_at on sent_form (sent_at);
