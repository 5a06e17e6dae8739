-- A client never acts with more than its account was when it was registered. Clients that exist get what their accounts are
-- on the day of the upgrade. What outlives the token that made it says which one that was.
alter table oauth_client
    add column max_role    text,         -- the highest role that the account had
    add column made_with   uuid,         -- the token with which it was registered; null: by a person
    add column disabled_at timestamptz;  -- when that token was found to have leaked

update oauth_client c
set max_role = case
        when 'SUPERUSER' = any (string_to_array(u.roles, ' ')) then 'SUPERUSER'
        when 'ADMIN' = any (string_to_array(u.roles, ' ')) then 'ADMIN'
        when 'USER' = any (string_to_array(u.roles, ' ')) then 'USER'
        else 'GUEST'
    end
from app_user u
where u.id = c.account_id;

create index oauth_client_made_with on oauth_client (made_with) where made_with is not null;

alter table app_user add column made_with uuid;

-- Tokens that exist go on rotating themselves; new ones need a scope for it.
alter table api_token
    add column max_role       text,      -- the highest role that it acts with, whatever its owner is; null: any
    add column rotates_itself boolean not null default true;
alter table api_token alter column rotates_itself set default false;

update api_token t
set max_role = c.max_role
from oauth_client c
where t.client_id = c.client_id and t.owner_id = c.account_id and t.kind = 'o' and t.expires_at > now();

-- What made a client is not pruned, or nobody would find the client when it is found to have leaked.
alter table api_token add column outlived boolean not null default false;
