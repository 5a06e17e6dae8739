-- Which of a client's descriptions of itself an account has agreed to, or is asked about. The client's own number goes up when its
-- document changes in what people are shown or agree to; what bears another number counts for nothing. Clients that somebody has
-- registered stay at 0, and so does what a node of the version before writes.
alter table oauth_client add column document_version integer not null default 0;
alter table oauth_consent add column document_version integer not null default 0;
alter table oauth_authorization add column document_version integer not null default 0;
