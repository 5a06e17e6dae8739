-- How many living tokens an account has is counted through an index whose keys are short: four bytes of the owner, four of the
-- day on which a token ends. What ended before today is passed over, and a row keeps to its 400 bytes.
create index api_token_living on api_token (
    uuid_hash(owner_id),
    coalesce((least(expires_at, revoked_at) at time zone 'UTC')::date, date 'infinity')
);
