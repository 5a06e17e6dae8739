-- The tokens with which the secret of a client was replaced. Whoever holds one may know the secret, so that the client is
-- disabled when one is found to have leaked, as with the token that registered it (V40).
create table oauth_client_secret_maker (
    client_id uuid not null references oauth_client on delete cascade,
    token_id  uuid not null,
    primary key (client_id, token_id)
);

create index oauth_client_secret_maker_token on oauth_client_secret_maker (token_id);

-- Every name that a client has or had: none is given twice. Nodes of the version before know of no such table.
create table oauth_client_name (
    client_id text primary key
);

create function keep_client_name() returns trigger language plpgsql as
$$ begin
    insert into oauth_client_name (client_id) values (new.client_id) on conflict do nothing;
    return null;
end $$;

create trigger oauth_client_named after insert on oauth_client for each row execute function keep_client_name();

insert into oauth_client_name (client_id) select client_id from oauth_client on conflict do nothing;
