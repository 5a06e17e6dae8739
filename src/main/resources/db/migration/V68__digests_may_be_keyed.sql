-- With which peppers digests of tokens are keyed. Of a pepper only what tells it from others stands here. A digest with a
-- pepper has 33 bytes: the pepper's number, and the HMAC-SHA-256 of the token's SHA-256. One without has the 32 of the SHA-256.
create table token_pepper (
    number           smallint primary key check (number between 1 and 255),
    fingerprint      text not null unique,
    begun_at         timestamptz, -- since when new tokens are written with it, and no node without it starts
    plain_refused_at timestamptz  -- since when a row without a pepper is no token
);

-- The nodes that run, and the pepper that each has; null: none. Each tells of itself again and again.
create table token_node (
    id      uuid primary key,
    pepper  smallint,
    seen_at timestamptz not null
);

-- A node that has not yet learned of the move, or does not know of peppers, tries again instead of making a token that is none.
create function refuse_plain_digest() returns trigger language plpgsql as $$
begin
    if exists (select 1 from token_pepper where plain_refused_at is not null) then
        raise serialization_failure using message = 'tokens are kept with a pepper';
    end if;
    return new;
end
$$;

create trigger api_token_refuses_plain before insert on api_token
    for each row when (length(new.digest) = 32) execute function refuse_plain_digest();
