-- The sample resource. Databases of the first versions have the table already.
create table if not exists customer_order (
    id         uuid primary key,
    owner_id   uuid        not null references app_user on delete cascade,
    created_at timestamptz not null,
    quantity   int         not null check (quantity > 0),
    item       text        not null
);

create index if not exists customer_order_owner on customer_order (owner_id, created_at);
