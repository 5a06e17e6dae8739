-- On which days a token was used, and how much: the minutes of that day (UTC) in which a use was written. Rows older than
-- 30 days go when the token is next used, all of them with the token.
create table token_use (
    token_id uuid not null references api_token on delete cascade,
    day      date not null,
    minutes  int  not null,
    primary key (token_id, day)
) with (fillfactor = 70);
