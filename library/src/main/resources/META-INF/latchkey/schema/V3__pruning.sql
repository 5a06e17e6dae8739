-- When a node last began to delete what is old; another one that comes within an hour leaves it to that one.
create table pruning (
    one      boolean     primary key check (one),
    begun_at timestamptz not null
);
