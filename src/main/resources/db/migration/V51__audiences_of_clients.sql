-- For whom the JWTs that a client exchanges tokens for may be meant, beside this server: names and addresses with single
-- spaces between them.
alter table oauth_client add column audiences text not null default '';
