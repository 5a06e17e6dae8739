-- Notes all scripts as run. Whoever runs them by hand runs this after.
insert into schema_version (script, digest) values
    ('V1__tokens.sql', '876269a8bb174fdfe156b5b25cbc99eb15beb97156bbe7bfe9de8a8d94b37ffb')
on conflict do nothing;
