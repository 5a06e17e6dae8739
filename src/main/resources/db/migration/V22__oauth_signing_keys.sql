-- Keys that sign JWTs. The public half is published; the private half stands here only sealed by a key that is not in the
-- database, or not at all.
create table oauth_signing_key (
    kid             text primary key,
    signs_from      timestamptz not null,
    signs_until     timestamptz not null,
    published_until timestamptz not null,
    public_jwk      text        not null,
    sealed_jwk      text                 -- AES-256-GCM; null: known to the node alone that made it
);
