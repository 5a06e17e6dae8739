-- Which scripts were run in this schema, and with which text. Whoever runs them by hand runs this before.
create table if not exists schema_version (
    script text        primary key,
    digest text        not null, -- SHA-256 of the script, in hexadecimal
    run_at timestamptz not null default now()
);
