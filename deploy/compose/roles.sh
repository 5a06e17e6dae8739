#!/bin/sh
# Makes the two roles when the database's container starts for the first time (docker-entrypoint-initdb.d), with the passwords of its environment.
set -eu
in_database() {
	psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" "$@"
}
in_database --file="${LATCHKEY_ROLES:-/latchkey/roles.sql}"
in_database <<'SQL'
\getenv owner LATCHKEY_OWNER_PASSWORD
\getenv server LATCHKEY_SERVER_PASSWORD
alter role latchkey_owner password :'owner';
alter role latchkey password :'server';
SQL
