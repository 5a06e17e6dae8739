-- In which language people read their mails: that of the page on which they signed in last, or chose one. Who is not here reads English.
create table reader_language (
    owner_id uuid primary key references token_owner on delete cascade on update cascade,
    language text not null -- as HTML calls it: en, de
);
