-- How often sign-ins have failed of late, counted by all nodes together. A key is the SHA-256 of an address, with or without
-- a network beside it, whether or not an account has the address: what people type into that field is kept nowhere.
create table sign_in_failure (
    key           text        primary key,
    failures      int         not null,
    pending       int         not null,  -- attempts whose password is being compared
    pending_since timestamptz not null,  -- when the latest of them began
    blocked_until timestamptz,           -- null: not at all
    changed_at    timestamptz not null
) with (fillfactor = 70);
