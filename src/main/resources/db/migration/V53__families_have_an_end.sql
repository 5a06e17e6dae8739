-- When the grant was given that a token of a flow belongs to: at the sign-in or consent, however often it was refreshed
-- since. From then on the family's absolute end is counted. Of families that exist, their earliest row that is known.
alter table api_token add column family_began_at timestamptz;

update api_token t
set family_began_at = coalesce((select min(f.created_at) from api_token f where f.family_id = t.family_id), t.created_at)
where kind = 'r';

-- Servers of the version before write refresh tokens without it, while both run.
create function begin_family() returns trigger language plpgsql as $$
begin
    new.family_began_at := coalesce(
        (select min(coalesce(f.family_began_at, f.created_at)) from api_token f where f.family_id = new.family_id),
        new.created_at);
    return new;
end
$$;

create trigger api_token_begins_family before insert on api_token
    for each row when (new.kind = 'r' and new.family_began_at is null) execute function begin_family();

-- Without it nobody could say when the family ends.
alter table api_token add constraint api_token_family_began check (kind <> 'r' or family_began_at is not null);
