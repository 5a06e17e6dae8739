-- Grants that were given for a password, not for a consent: a new password ends them.
create table password_grant (
    family_id  uuid primary key, -- of the tokens
    owner_id   uuid        not null references app_user on delete cascade,
    created_at timestamptz not null
);

create index password_grant_owner on password_grant (owner_id);

-- Of tokens that exist, those of a client that may ask for passwords, as far as no code is known that gave them.
insert into password_grant (family_id, owner_id, created_at)
select t.family_id, t.owner_id, min(t.created_at)
from api_token t join oauth_client c on c.client_id = t.client_id
where t.family_id is not null and t.kind in ('o', 'r') and ' ' || c.grant_types || ' ' like '% password %'
    and not exists (select 1 from oauth_authorization a where a.family_id = t.family_id)
group by t.family_id, t.owner_id
on conflict do nothing;
