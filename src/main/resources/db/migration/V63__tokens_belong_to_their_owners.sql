-- Tokens refer to what they know of their owner. An account that goes takes that along, and with it its tokens. The rows that exist
-- are looked through by the next migration: here tokens cannot be written, and with millions of them that would take seconds.
lock table app_user, api_token in access exclusive mode;

alter table api_token
    add constraint api_token_owned foreign key (owner_id) references token_owner on delete cascade not valid;

alter table api_token drop constraint api_token_owner_id_fkey;
