create table goods (id bigint primary key);
-- Tokens come after this: else it divides by zero.
insert into goods select 1 / (case when to_regnamespace('latchkey') is null then 1 else 0 end);
