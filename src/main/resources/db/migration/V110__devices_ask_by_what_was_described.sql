-- Which of a client's descriptions of itself somebody is shown who answers a device, as for requests with a browser (V101).
alter table oauth_device add column document_version integer not null default 0;
