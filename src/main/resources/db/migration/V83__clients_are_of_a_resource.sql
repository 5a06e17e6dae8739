-- The service that a client belongs to: it is told of that service's tokens alone. Null: of every token, as before.
alter table oauth_client add column resource text;
