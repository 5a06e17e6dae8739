-- Other services and their scopes. The first part of a scope's name belongs to one resource: whoever changes one takes
-- turns with all others who do, and looks.
create table protected_resource (
    name text primary key,
    address text not null unique,
    managed_by_settings boolean not null default false,
    created_at timestamptz not null
);

create table resource_scope (
    name text primary key,
    resource text not null references protected_resource (name) on delete cascade,
    position int not null,
    description text not null,
    role text not null,
    retired_at timestamptz
);

create index resource_scope_resource on resource_scope (resource);

-- Nodes remember all of it as one thing, under an id that no row has.
create function tell_change_of_resources() returns trigger language plpgsql as $$
begin
    perform pg_notify('latchkey_changes', '7e50ce50-0000-4000-8000-000000000000');
    return null;
end
$$;

create trigger resource_changed after insert or update or delete or truncate on protected_resource
    for each statement execute function tell_change_of_resources();

create trigger resource_scope_changed after insert or update or delete or truncate on resource_scope
    for each statement execute function tell_change_of_resources();
