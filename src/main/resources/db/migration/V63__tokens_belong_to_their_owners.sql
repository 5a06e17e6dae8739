-- Tokens refer to what they know of their owner. An account that goes takes that along, and with it its tokens.
alter table api_token
    add constraint api_token_owned foreign key (owner_id) references token_owner on delete cascade;

alter table api_token drop constraint api_token_owner_id_fkey;
