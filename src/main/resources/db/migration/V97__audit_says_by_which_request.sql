-- By which request something was done, as its answer's X-Request-Id and the log's lines say. A node of the version before writes none.
alter table audit_event add column request_id text;
create index audit_event_request on audit_event (request_id, at, id) where request_id is not null;
