-- Notes all scripts as run. Whoever runs them by hand runs this after.
insert into schema_version (script, digest) values
    ('V1__tokens.sql', '876269a8bb174fdfe156b5b25cbc99eb15beb97156bbe7bfe9de8a8d94b37ffb'),
    ('V2__audit.sql', '190d60bf2ca6c32fe9e2744137240e83a1ad0da141bb7f194d787decd87c7786'),
    ('V3__pruning.sql', 'c2a60f2b66991c56fcbd3a6de4fdd8461067a46f012a98373f6241cf1e4e67b7'),
    ('V4__forms.sql', '45c0bd84e1597b74193ee3e10cc924d3f83ce4a155e2dac65f4a85660ef6623e')
on conflict do nothing;
