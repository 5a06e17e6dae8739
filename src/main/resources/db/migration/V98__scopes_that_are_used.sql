-- On which day (UTC) a token last did something that needed the scope. Rows older than 90 days go by the daily run, all of
-- them with the token.
create table token_scope_use (
    token_id uuid not null references api_token on delete cascade,
    scope    text not null,
    day      date not null,
    primary key (token_id, scope)
) with (fillfactor = 70);
