-- Whether the owner chose the date on which the token ends, so that a rotation on the page offers to keep it; null where
-- nobody did, or nothing is known of it.
alter table api_token add column end_chosen boolean;
