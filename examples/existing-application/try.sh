#!/usr/bin/env bash
# Builds the application before and after, holds the README to their difference, and shows two nodes of the later one on one PostgreSQL:
# a token made at its pages, what it opens, also at another service that follows it, and how it ends. Needs curl, a JDK, and PostgreSQL's
# programs (Debian's postgresql), or a server's address:
#
#   LATCHKEY_TEST_DATABASE=jdbc:postgresql://127.0.0.1:5432/   whose user "postgres" needs no password
#   LATCHKEY_INSTALLED=yes                                     the library is in the local Maven repository as it is here
#   COURIERS="node spring"                                     which of the other services are started; without: on Node. That one needs Node 20.12 or newer
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
. ../lib/checks.sh
MVN=${MVN:-../../mvnw}
# For how long is believed what the table of users said, in seconds.
bound=5

programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
PATH=${programs:+$programs:}$PATH
command -v psql >/dev/null || { echo "There is no psql: install postgresql"; exit 1; }
work=$(mktemp -d)
chmod 711 "$work"
started=()

as_postgres() {
	if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

clean_up() {
	local process
	for process in "${started[@]}"; do
		# One that stands still hears of nothing.
		kill -CONT "$process" 2>/dev/null && kill "$process" 2>/dev/null && wait "$process" 2>/dev/null
	done
	if [ -n "${database:-}" ]; then
		sql postgres "drop database if exists $database with (force)" >/dev/null 2>&1
	fi
	[ ! -e "$work/postgres/data/postmaster.pid" ] ||
		as_postgres "$programs/pg_ctl" --pgdata="$work/postgres/data" --mode=immediate --silent stop
	rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

port() {
	local candidate
	while :; do
		candidate=$((20000 + RANDOM % 12000))
		(exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || { echo "$candidate"; return; }
	done
}

start_postgres() {
	mkdir "$work/postgres"
	[ "$(id -u)" -ne 0 ] || chown postgres "$work/postgres"
	as_postgres "$programs/initdb" --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8 --pgdata="$work/postgres/data" \
		>"$work/initdb.log" || { cat "$work/initdb.log"; exit 1; }
	local free
	free=$(port)
	printf '%s\n' "port = $free" "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" 'fsync = off' |
		as_postgres tee -a "$work/postgres/data/postgresql.conf" >/dev/null
	as_postgres "$programs/pg_ctl" --pgdata="$work/postgres/data" --log="$work/postgres/log" --wait --silent start ||
		{ cat "$work/postgres/log"; exit 1; }
	LATCHKEY_TEST_DATABASE=jdbc:postgresql://127.0.0.1:$free/
}

sql() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 -U postgres -c "$2" "${LATCHKEY_TEST_DATABASE#jdbc:}$1"
}

# Starts a node and says where it is.
start_node() {
	local node=$1 process i free
	free=$(port)
	DATABASE_URL=$LATCHKEY_TEST_DATABASE$database DATABASE_USER=postgres LATCHKEY_OWNERS_MAX_STALENESS=${bound}s \
		java -XX:TieredStopAtLevel=1 -Xmx256m -jar after/target/billing.jar --server.address=127.0.0.1 --server.port="$free" \
		>"$work/$node.log" 2>&1 &
	process=$!
	started+=("$process")
	process_of[$node]=$process
	url[$node]=http://127.0.0.1:$free
	for ((i = 0; i < 600; i++)); do
		! curl -s -o /dev/null "${url[$node]}/login" || return 0
		kill -0 "$process" 2>/dev/null || break
		sleep 0.2
	done
	cat "$work/$node.log"
	exit 1
}

# Signs in at a node, by its form.
sign_in() {
	local csrf
	csrf=$(page "$1" "$2" /login | value _csrf)
	curl -s -o /dev/null -b "$work/$1-$2" -c "$work/$1-$2" "${url[$1]}/login" --data-urlencode "username=$2@example.com" \
		--data-urlencode "password=$3" --data-urlencode "_csrf=$csrf"
}

page() {
	curl -s -b "$work/$1-$2" -c "$work/$1-$2" "${url[$1]}$3"
}

# The value of a field of a page.
value() {
	sed -n "s/.*name=\"$1\"[^>]*value=\"\([^\"]*\)\".*/\1/p" | head -n 1
}

# Sends a form of a page as somebody who has signed in there, and says what comes back.
send_form() {
	local node=$1 user=$2 from=$3 to=$4
	shift 4
	curl -s -b "$work/$node-$user" -c "$work/$node-$user" "${url[$node]}$to" --data-urlencode "_csrf=$(page "$node" "$user" "$from" | value _csrf)" "$@"
}

# Makes a token at the page for that.
make_token() {
	local form
	form=$(page one anna /tokens/new | value form)
	send_form one anna /tokens/new /tokens/new -d "form=$form" -d "name=$1" -d expiration=30 -d scopes=invoices:read |
		sed -n 's/.*value="\(lkp_[^"]*\)".*/\1/p'
}

# What a node, or another service, says to a token.
answer() {
	local where=$1 token=$2
	shift 2
	curl -s -m 5 -o /dev/null -w '%{http_code}' "${url[$where]}${route[$where]:-/api/invoices}" -H @- "$@" <<<"Authorization: Bearer $token"
}

# Starts a service that asks node two, and hears of changes there.
start_courier() {
	local courier=$1 process i free
	free=$(port)
	export BILLING=${url[two]} COURIER_SECRET=courier-brings-invoices
	if [ "$courier" = node ]; then
		PORT=$free node courier/courier.mjs >"$work/$courier.log" 2>&1 &
	else
		java -XX:TieredStopAtLevel=1 -Xmx128m -jar courier/target/courier.jar --server.address=127.0.0.1 --server.port="$free" \
			>"$work/$courier.log" 2>&1 &
	fi
	process=$!
	started+=("$process")
	url[$courier]=http://127.0.0.1:$free route[$courier]=/parcels
	for ((i = 0; i < 300; i++)); do
		! curl -s -o /dev/null "${url[$courier]}/parcels" || return 0
		kill -0 "$process" 2>/dev/null || break
		sleep 0.2
	done
	cat "$work/$courier.log"
	exit 1
}

# Stops the node that a service follows by a signal: what was heard is believed for two seconds, and then nobody can tell.
stands_still() {
	local courier=$1 token=$2
	sleep 1
	answer "$courier" "$token" >/dev/null
	kill -STOP "${process_of[two]}"
	check "the node that it asks stands still: remembered ($courier)" "$(answer "$courier" "$token")" 200
	check "after 2 s nobody can tell" "$(says_within 4 "$courier" "$token" 503)" 503
	kill -CONT "${process_of[two]}"
	check "it goes on: good again" "$(says_within 10 "$courier" "$token" 200)" 200
}

# Whether a node, or another service, says this to a token within so many seconds.
says_within() {
	local end=$((SECONDS + $1 + 1)) got
	while got=$(answer "$2" "$3"); [ "$got" != "$4" ]; do
		((SECONDS < end)) || { echo "$got"; return; }
		sleep 0.05
	done
	echo "$got"
}

./listing --check || { echo "README.md does not list the difference: ./listing --write"; exit 1; }
check "no test that was there is changed" "$(diff -r before/src/test after/src/test | grep -v '^Only in after')" ""
[ "${LATCHKEY_INSTALLED:-}" = yes ] || "$MVN" -q -B -ntp -f ../../library/pom.xml -DskipTests install || exit 1
for which in before after; do
	"$MVN" -q -B -ntp -f "$which/pom.xml" verify || { echo "FAIL  the tests $which"; exit 1; }
	echo "ok    the tests $which"
done
COURIERS=${COURIERS-node}
if [[ $COURIERS != *node* ]]; then
	echo 'NOT RUN: the courier on Node (COURIERS="node spring")'
elif ! node -e 'process.exit(require("node:crypto").hash ? 0 : 1)' 2>/dev/null; then
	echo "NOT RUN: the courier on Node, since there is no Node 20.12 or newer"
	COURIERS=${COURIERS//node/}
fi
[[ $COURIERS == *spring* ]] || echo 'NOT RUN: the courier on Spring (COURIERS="node spring")'
[[ $COURIERS != *spring* ]] || "$MVN" -q -B -ntp -f courier/pom.xml package || exit 1

[ -n "${LATCHKEY_TEST_DATABASE:-}" ] || start_postgres
database=billing_$$
sql postgres "create database $database" || { database=; exit 1; }
declare -A url route process_of
start_node one
start_node two
for courier in $COURIERS; do start_courier "$courier"; done
sign_in one anna anna-likes-invoices
sign_in two anna anna-likes-invoices
sign_in one root root-sees-them-all

token=$(make_token First)
check "a token is shown once" "${token:0:4}" lkp_
check "it opens what its scope is for" "$(answer one "$token")" 200
check "on the other node, too" "$(answer two "$token")" 200
check "and nothing else" "$(answer one "$token" -H 'Content-Type: application/json' -d '{"customer":"Orchard Inc","amount":1}')" 403
check "whoever has none is sent to the form" "$(curl -s -o /dev/null -w '%{http_code}' -H 'Accept: text/html' "${url[one]}/")" 302

for courier in $COURIERS; do
	check "at the service that follows (with the client for $courier), too" "$(says_within 5 "$courier" "$token" 200)" 200
done

id=$(page one anna /tokens | grep -oE '/tokens/[0-9a-f-]{36}' | head -n 1)
send_form one anna "$id/revoke" "$id/revoke" >/dev/null
check "revoked on one node it is out there at once" "$(answer one "$token")" 401
check "and on the other within 2 s" "$(says_within 2 two "$token" 401)" 401
for courier in $COURIERS; do
	check "and at the service within 2 s ($courier)" "$(says_within 2 "$courier" "$token" 401)" 401
done

token=$(make_token Second)
check "another one is good" "$(answer one "$token")$(answer two "$token")" 200200
for courier in $COURIERS; do check "at the service ($courier), too" "$(answer "$courier" "$token")" 200; done
sql "$database" "update app_user set enabled = false where email = 'anna@example.com'"
check "disabled by hand in the table of users: out on one node within $bound s" "$(says_within "$bound" one "$token" 401)" 401
check "and on the other" "$(says_within "$bound" two "$token" 401)" 401
for courier in $COURIERS; do
	check "and at the service ($courier)" "$(says_within "$bound" "$courier" "$token" 401)" 401
done
sql "$database" "update app_user set enabled = true where email = 'anna@example.com'"
check "enabled again it is good again on one node" "$(says_within "$bound" one "$token" 200)" 200
check "and on the other" "$(says_within "$bound" two "$token" 200)" 200
for courier in $COURIERS; do
	check "and at the service ($courier)" "$(says_within "$bound" "$courier" "$token" 200)" 200
done
user=$(sql "$database" "select id from app_user where email = 'anna@example.com'")
send_form one root /users "/users/$user" -d enabled=false >/dev/null
check "disabled at the application's own page: out there at once" "$(answer one "$token")" 401
check "and on the other within 2 s" "$(says_within 2 two "$token" 401)" 401
for courier in $COURIERS; do
	check "and at the service within 2 s ($courier)" "$(says_within 2 "$courier" "$token" 401)" 401
done

send_form one root /users "/users/$user" -d enabled=true >/dev/null
for courier in $COURIERS; do
	check "enabled again it is good there ($courier)" "$(says_within 5 "$courier" "$token" 200)" 200
	stands_still "$courier" "$token"
done
check "no token is in a log" "$(grep -lE 'lk[por]_[0-9A-Za-z]{20,}' "$work"/*.log)" ""

all_passed
