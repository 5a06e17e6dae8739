-- Two roles for Latchkey, with the least that each needs: latchkey_owner owns the tables and migrates them, latchkey serves: it reads and
-- writes rows and can neither make, change nor drop a table. In Latchkey's database, as a superuser, as often as you like:
--
--   psql --set=ON_ERROR_STOP=1 --dbname=latchkey --file=roles.sql
--   psql --dbname=latchkey --command='\password latchkey_owner' --command='\password latchkey'
--
-- The server then has SPRING_DATASOURCE_USERNAME=latchkey and SPRING_FLYWAY_USER=latchkey_owner, with the password of each.
do $$
begin
    if not exists (select from pg_roles where rolname = 'latchkey_owner') then
        create role latchkey_owner login;
    end if;
    if not exists (select from pg_roles where rolname = 'latchkey') then
        create role latchkey login;
    end if;
    -- Whoever owns the database owns the schema public, too, and may drop it.
    execute format('alter database %I owner to latchkey_owner', current_database());
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to latchkey_owner, latchkey', current_database());
end
$$;
revoke all on schema public from public;
grant usage, create on schema public to latchkey_owner;
grant usage on schema public to latchkey;
alter default privileges for role latchkey_owner in schema public grant select, insert, update, delete on tables to latchkey;
alter default privileges for role latchkey_owner in schema public grant usage, select on sequences to latchkey;

-- Where one role has done both until now, or a backup was restored, what is there goes to the owner.
do $$
declare
    one record;
begin
    for one in select c.oid::regclass as name, c.relkind from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'S')
            and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                and d.deptype in ('a', 'i') and c.relkind = 'S')
    loop
        execute format('alter %s %s owner to latchkey_owner',
            case one.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, one.name);
    end loop;
    for one in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'public'::regnamespace
    loop
        execute format('alter function %s owner to latchkey_owner', one.name);
    end loop;
end
$$;
grant select, insert, update, delete on all tables in schema public to latchkey;
grant usage, select on all sequences in schema public to latchkey;
