-- Whether two addresses are one, their keys say (V48). What the database takes for case depends on its locale: many of them
-- make an i of the Turkish capital with a dot, so that one account kept another address from being given to anybody. For
-- rows without a key, and for the order of lists, the index stays.
create index app_user_email_case on app_user (lower(email));
drop index app_user_email;
