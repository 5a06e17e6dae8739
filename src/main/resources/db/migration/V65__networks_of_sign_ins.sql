-- From where accounts have signed in, so that whoever fails elsewhere keeps nobody out there. The key is the SHA-256 of the
-- account's address, as sign-ins are counted.
create table sign_in_network (
    account_key text        not null,
    network     text        not null,
    seen_at     timestamptz not null,  -- to within a day
    primary key (account_key, network)
);
