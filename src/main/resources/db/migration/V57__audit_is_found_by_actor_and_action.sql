-- Each filter of the audit in the order in which the list and the export read it, so that neither a page nor a count
-- walks through what it does not show.
create index audit_event_actor on audit_event (actor_id, at, id) where actor_id is not null;
create index audit_event_address on audit_event (lower(actor), at, id) where actor is not null;
create index audit_event_action on audit_event (action, at, id);
