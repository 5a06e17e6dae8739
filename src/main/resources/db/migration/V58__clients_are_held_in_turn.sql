-- As for accounts (V54): whoever makes tokens for a client holds it with others, whoever removes it, disables it or replaces
-- its secret takes it alone and is served before makers who come later. Taken before the client's row, and before any account.
create function hold_client(client uuid) returns void language sql as
$$ select pg_advisory_xact_lock_shared(hashtextextended('client ' || client, 0)) $$;

create function take_client(client uuid) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended('client ' || client, 0)) $$;
