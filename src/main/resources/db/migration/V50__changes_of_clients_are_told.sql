-- Nodes remember clients as they do tokens, so that a secret that is replaced is refused everywhere at once.
create trigger oauth_client_changed after update or delete on oauth_client
    for each row execute function tell_change();

create trigger oauth_client_truncated after truncate on oauth_client
    for each statement execute function tell_change();
