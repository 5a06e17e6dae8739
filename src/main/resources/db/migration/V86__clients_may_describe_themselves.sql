-- A client that nobody has registered describes itself in a document at the address that is its client_id. Until when what
-- stands here of it is believed; null: a client that somebody has registered.
alter table oauth_client add column document_until timestamptz;

create index oauth_client_document on oauth_client (document_until) where document_until is not null;
