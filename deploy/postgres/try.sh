#!/usr/bin/env bash
# What docs/operations.md says of PostgreSQL, tried: a server that serves by a role which can change no table while another one migrates;
# a backup; tokens that are revoked after it; the backup brought back, so that what was revoked stays so. Needs PostgreSQL's programs
# (Debian's postgresql), curl, a JDK, and Latchkey's jar in target/, or LATCHKEY as the command that starts it.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
. examples/lib/checks.sh
programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$programs" ] || { echo "NOT RUN: there is no PostgreSQL"; exit 0; }
PATH=$programs:$PATH
read -ra server <<<"${LATCHKEY:-java -jar $(ls target/latchkey-*.jar 2>/dev/null | head -n 1)}"
work=$(mktemp -d)
chmod 711 "$work"
running=

as_postgres() {
	if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

stop_server() {
	[ -z "$running" ] || { kill "$running"; wait "$running"; running=; } 2>/dev/null
}

clean_up() {
	stop_server
	local cluster
	for cluster in "$work"/postgres/*/; do
		[ ! -e "$cluster/postmaster.pid" ] || as_postgres "$programs/pg_ctl" --pgdata="$cluster" --mode=immediate --silent stop
	done
	rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# Starts a server on a database, with the two roles.
start_server() {
	rm -f "$work/$1.log"
	SPRING_DATASOURCE_URL=jdbc:postgresql://127.0.0.1:$PGPORT/$1 SPRING_DATASOURCE_USERNAME=latchkey SPRING_DATASOURCE_PASSWORD=serves \
		SPRING_FLYWAY_USER=latchkey_owner SPRING_FLYWAY_PASSWORD=migrates \
		LATCHKEY_ADMIN_EMAIL=first@example.com LATCHKEY_ADMIN_PASSWORD='orchard lantern umbrella' \
		"${server[@]}" --server.address=127.0.0.1 --server.port=0 --management.server.port=-1 >"$work/$1.log" 2>&1 &
	running=$!
	local i port=
	for ((i = 0; i < 360; i++)); do
		port=$(sed -n 's/.*Tomcat started on port \([0-9]*\).*/\1/p' "$work/$1.log" | head -n 1)
		url=http://127.0.0.1:$port
		[ -z "$port" ] || ! curl -sf -o /dev/null "$url/readyz" || return 0
		kill -0 "$running" 2>/dev/null || break
		sleep 0.25
	done
	cat "$work/$1.log"
	exit 1
}

login() {
	curl -s -H 'Content-Type: application/json' "$url/api/login" -d \
		"{\"email\":\"first@example.com\",\"password\":\"orchard lantern umbrella\",\"token_name\":\"$1\",\"scopes\":[\"${2:-user:read}\"]}" |
		sed -n 's/.*"token":"\([^"]*\)".*/\1/p'
}

status() {
	curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $1" "$url/api/user"
}

# Makes and starts a PostgreSQL at PGPORT, with data in a folder of this name.
start_postgres() {
	as_postgres "$programs/initdb" --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8 --pgdata="$work/postgres/$1" >"$work/initdb.log" &&
		as_postgres "$programs/pg_ctl" --pgdata="$work/postgres/$1" --log="$work/postgres/$1.log" --silent --wait \
			--options="-c port=$PGPORT -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off" start || { cat "$work"/*.log "$work"/postgres/*.log; exit 1; }
}

export PGHOST=127.0.0.1 PGUSER=postgres PGPORT=$((20000 + RANDOM % 10000))
mkdir "$work/postgres"
[ "$(id -u)" -ne 0 ] || chown postgres "$work/postgres"
start_postgres data

createdb latchkey && psql -qX -v ON_ERROR_STOP=1 -d latchkey -f deploy/postgres/roles.sql
check "the roles are made" $? 0
psql -qX -v ON_ERROR_STOP=1 -d latchkey -f deploy/postgres/roles.sql
check "as often as somebody likes" $? 0
createdb --owner=latchkey latchkey_owned && psql -qX -v ON_ERROR_STOP=1 -d latchkey_owned -f deploy/postgres/roles.sql
check "in a database that the serving role has made, too" $? 0
for change in 'create table public.mine ()' 'drop schema public' 'alter database latchkey_owned rename to mine'; do
	PGUSER=latchkey psql -qX -d latchkey_owned -c "$change" >/dev/null 2>&1
	check "where it cannot: $change" $? 1
done
start_server latchkey
kept=$(login kept)
revoked=$(login revoked)
rotated=$(login rotated tokens:rotate)
for client in agreed withdrawn; do
	psql -qAtX -v ON_ERROR_STOP=1 -d latchkey >"$work/consent.log" 2>&1 <<-SQL
		with made as (
			insert into oauth_client (id, client_id, name, redirect_uris, scopes, grant_types, created_at)
			values (gen_random_uuid(), '$client', '$client', 'https://app.example/back', 'user:read', 'authorization_code', now()) returning id
		)
		insert into oauth_consent (owner_id, client_id, given_at, scopes)
		select u.id, made.id, now(), 'user:read' from app_user u, made where u.email = 'first@example.com'
	SQL
	check "an application is agreed to: $client" "$(cat "$work/consent.log")" ""
done
psql -qX -v ON_ERROR_STOP=1 -d latchkey -c "insert into protected_resource (name, address, created_at) values ('shop', 'https://shop.example', now())" \
	-c "insert into resource_scope (name, resource, position, description, role) select name, 'shop', 1, 'Read', 'USER' from unnest(array['shop:read', 'shop:write']) name"
check "another service has scopes" $? 0
check "a server whose role owns nothing gives tokens" "$(status "$kept") $(status "$revoked")" "200 200"
check "which owns no table" "$(psql -AtX -d latchkey -c "select count(*) from pg_tables where tableowner = 'latchkey'")" 0
for change in 'create table public.mine ()' 'alter table api_token add column mine text' 'drop table audit_event' 'truncate audit_event' \
	'drop trigger app_user_mirrored on app_user' 'create role another'; do
	PGUSER=latchkey psql -qX -d latchkey -c "$change" >/dev/null 2>&1
	check "and cannot: $change" $? 1
done

check "a key signs JWTs" "$(curl -s "$url/oauth2/jwks" | grep -c '"kid"')" 1
psql -qX -v ON_ERROR_STOP=1 -d latchkey -c "insert into oauth_signing_key select 'leaked', signs_from, signs_until, published_until, public_jwk, null from oauth_signing_key limit 1"
check "and another one" $? 0

PGDATABASE=latchkey deploy/postgres/backup "$work/latchkey.dump"
check "a backup is written" $? 0
check "for its owner alone" "$(stat -c %a "$work/latchkey.dump")" 600
check "a token is revoked after it" "$(curl -s -o /dev/null -w '%{http_code}' -X DELETE -H "Authorization: Bearer $revoked" "$url/api/tokens/current")" 204
check "one is rotated" "$(curl -s -o /dev/null -w '%{http_code}' -X POST -H "Authorization: Bearer $rotated" "$url/api/tokens/current/rotate")" 201
psql -qX -v ON_ERROR_STOP=1 -d latchkey -c "delete from oauth_consent where client_id = (select id from oauth_client where client_id = 'withdrawn')" \
	-c "delete from oauth_signing_key where kid = 'leaked'" \
	-c "update resource_scope set retired_at = now() where name = 'shop:write'" \
	-c "update resource_scope set role = 'ADMIN' where name = 'shop:read'" \
	-c "update oauth_client set max_role = 'USER' where client_id = 'agreed'" \
	-c "insert into oauth_client_secret_maker (client_id, token_id) select id, gen_random_uuid() from oauth_client where client_id = 'agreed'" \
	-c "insert into oauth_client_removed (id, client_id, name, removed_at) values (gen_random_uuid(), 'https://away.example/client', 'Away', now())"
check "an application loses its right, and a scope retires" $? 0
later=$(login later)
check "and another one made" "$(status "$later")" 200
stop_server

deploy/postgres/restore "$work/latchkey.dump" latchkey_new carry=latchkey >"$work/restore.log" 2>&1
check "the backup is brought back, with what was revoked since" $? 0
check "an application that was agreed to may go on, one that lost its right may not" "$(psql -AtX -d latchkey_new -c \
	'select c.client_id from oauth_consent o join oauth_client c on c.id = o.client_id')" agreed
check "who may have a scope now has no more of it" "$(psql -AtX -d latchkey_new -c "select role from resource_scope where name = 'shop:read'")" ADMIN
check "a client whose rights were lowered has no more of them" "$(psql -AtX -d latchkey_new -c "select max_role from oauth_client where client_id = 'agreed'")" USER
check "who came to know a client's secret is known" "$(psql -AtX -d latchkey_new -c 'select count(*) from oauth_client_secret_maker')" 1
check "who was told to stay away stays away" "$(psql -AtX -d latchkey_new -c 'select client_id from oauth_client_removed')" https://away.example/client
check "a scope that retired stays so" "$(psql -AtX -d latchkey_new -c 'select name from resource_scope where retired_at is null')" shop:read
check "a key that was taken out stays so, and the others stay" "$(psql -AtX -d latchkey_new -c "select count(*) filter (where kid = 'leaked'), count(*) > 0 from oauth_signing_key")" "0|t"
check "a rotated token stays so" "$(psql -AtX -d latchkey_new -c "select count(*) from api_token where name = 'rotated' and rotated_at is not null")" 1
psql -qX -v ON_ERROR_STOP=1 -d postgres -c 'alter database latchkey rename to latchkey_old' -c 'alter database latchkey_new rename to latchkey'
check "the new database takes the place of the old one" $? 0
start_server latchkey
check "a token from before it is good" "$(status "$kept")" 200
check "the one that was revoked after it stays revoked" "$(status "$revoked")" 401
check "the one that was made after it is not known" "$(status "$later")" 401
check "and new ones are made" "$(status "$(login again)")" 200
stop_server

deploy/postgres/restore "$work/latchkey.dump" latchkey_lost end-all >"$work/restore.log" 2>&1
check "where the old database is lost" $? 0
check "every token is ended" "$(psql -AtX -d latchkey_lost -c 'select count(*) from api_token where revoked_at is null or revoked_at > now()')" 0
check "no key is left of which nobody knows whether it has leaked" "$(psql -AtX -d latchkey_lost -c 'select count(*) from oauth_signing_key')" 0
check "what was taken away and is back is listed to be looked at" "$(grep -cE 'first@example.com|agreed|withdrawn' "$work/restore.log")" 3
createdb latchkey_empty
deploy/postgres/restore "$work/latchkey.dump" latchkey_half carry=latchkey_empty >"$work/half.log" 2>&1
check "where nothing can be carried over it fails" $(($? != 0)) 1
check "and leaves no database in which the revoked is alive" "$(psql -AtX -d postgres -c "select count(*) from pg_database where datname = 'latchkey_half'")" 0
deploy/postgres/restore "$work/latchkey.dump" latchkey_none >/dev/null 2>&1
check "nothing is brought back by somebody who has not said what was revoked" "$(psql -AtX -d postgres -c "select count(*) from pg_database where datname = 'latchkey_none'")" 0

# Another server of PostgreSQL, as for another version of it.
PGDATABASE=latchkey deploy/postgres/backup "$work/moved.dump"
PGPORT=$((PGPORT + 1))
start_postgres moved
deploy/postgres/restore "$work/moved.dump" latchkey as-it-was >"$work/restore.log" 2>&1
check "a backup is brought to a server that knows no role yet" $? 0
start_server latchkey
check "where the tokens are good" "$(status "$kept")" 200
stop_server

[ "$failures" -eq 0 ] || cat "$work/restore.log"
all_passed
