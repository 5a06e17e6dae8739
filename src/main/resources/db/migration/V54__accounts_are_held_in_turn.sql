-- Whoever makes a token holds its account with others, whoever ends tokens takes it alone. PostgreSQL serves these locks in
-- the order in which they were asked for, so that one who waits to end tokens is served before makers who come later. Locks
-- of rows have no such order: those who share a row join each other for as long as they come, past one who waits for it alone.
--
-- Taken before any row of the account or of its tokens, and held until the transaction ends.
create function hold_account(account uuid) returns void language sql as
$$ select pg_advisory_xact_lock_shared(hashtextextended('account ' || account, 0)) $$;

create function take_account(account uuid) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended('account ' || account, 0)) $$;
