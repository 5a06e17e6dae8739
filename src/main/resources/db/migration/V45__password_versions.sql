-- How often the password was changed. A sign-in notes which of them it saw, and what is made of it is made, and holds,
-- only while that is the one.
alter table app_user add column password_version int not null default 0;
