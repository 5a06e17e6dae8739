-- For which services the tokens of a request shall be (RFC 8707), by their names; null: those of its scopes.
alter table oauth_authorization add column resources text;
alter table oauth_device add column resources text;
