#!/usr/bin/env bash
# The unit file, tried as far as that goes without systemd as the first process: it is looked at by systemd-analyze, and its command is run
# as it stands there, as a user who owns nothing, without a capability, in the root folder of a file system that cannot be written to but for
# /tmp, with the environment file that docs/operations.md shows. Needs root, systemd-analyze, curl, /usr/bin/java, Latchkey's jar in target/
# and a PostgreSQL that lets "postgres" in: LATCHKEY_TEST_DATABASE=jdbc:postgresql://127.0.0.1:5432/
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
. examples/lib/checks.sh
unit=deploy/systemd/latchkey.service

# A line of the unit, without its name.
of_unit() {
	sed -n "s/^$1=//p" "$unit"
}

# Where the unit's command is not there, that is what it would find.
if command -v systemd-analyze >/dev/null && [ -x /usr/bin/java ]; then
	systemd-analyze verify --man=no "$unit"
	check "systemd-analyze finds no fault" "$?" 0
	systemd-analyze security --offline=true --no-pager --threshold=20 "$unit" | tail -n 1
	check "its exposure is at most 2.0 of 10" "${PIPESTATUS[0]}" 0
else
	echo "NOT RUN: systemd-analyze, for which there is no systemd or no /usr/bin/java"
fi

jar=$(ls target/latchkey-*.jar 2>/dev/null | head -n 1)
psql=$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -name psql 2>/dev/null | sort -V | tail -n 1)
lacking=
[ "$(id -u)" -eq 0 ] || lacking="root"
[ -x /usr/bin/java ] || lacking="/usr/bin/java"
[ -n "$jar" ] || lacking="a jar in target/"
[ -n "$psql" ] && [ -n "${LATCHKEY_TEST_DATABASE:-}" ] || lacking="a PostgreSQL (LATCHKEY_TEST_DATABASE)"
unshare --mount true 2>/dev/null || lacking="a mount namespace"
if [ -n "$lacking" ]; then
	echo "NOT RUN: the command, for which there is no $lacking"
	[ "$failures" -eq 0 ]
	exit
fi

work=$(mktemp -d)
server=
database=latchkey_unit_$$
as_superuser() {
	"$psql" --quiet --no-psqlrc --set=ON_ERROR_STOP=1 "postgresql://postgres@${LATCHKEY_TEST_DATABASE#jdbc:postgresql://}$1" "${@:2}"
}
clean_up() {
	[ -z "$server" ] || kill "$server" 2>/dev/null
	as_superuser postgres --command="drop database if exists $database with (force)"
	rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

as_superuser postgres --command="create database $database" && as_superuser "$database" <deploy/postgres/roles.sql &&
	as_superuser postgres --command="alter role latchkey password 'serves\$HOME'" --command="alter role latchkey_owner password 'migrates'" || exit 1

# The file that the page shows, with this database and something in place of each "...".
mkdir -p "$work/etc" "$work/opt"
sed -n '/^`\/etc\/latchkey\/latchkey.env`/,/^```$/p' docs/operations.md | sed '1,/^```sh$/d; /^```$/d' |
	sed -e "s#^SPRING_DATASOURCE_URL=.*#SPRING_DATASOURCE_URL=${LATCHKEY_TEST_DATABASE}$database#" \
		-e 's#^SPRING_DATASOURCE_PASSWORD=.*#SPRING_DATASOURCE_PASSWORD=serves$HOME#' -e 's#^SPRING_FLYWAY_PASSWORD=.*#SPRING_FLYWAY_PASSWORD=migrates#' \
		-e "s#^\(LATCHKEY_TOKENS_PEPPER\|LATCHKEY_OAUTH_KEYENCRYPTIONKEY\)=.*#\1=$(head -c 32 /dev/urandom | base64)#" >"$work/etc/latchkey.env"
check "the page shows an environment file" "$(grep -c = "$work/etc/latchkey.env")" 12
port=$((20000 + RANDOM % 10000))
printf 'SERVER_PORT=%s\nMANAGEMENT_SERVER_PORT=%s\n' "$port" $((port + 1)) >>"$work/etc/latchkey.env"
chmod 600 "$work/etc/latchkey.env"
install -m 0644 "$jar" "$work/opt/latchkey.jar"

# Runs the command of the unit and nothing else of this shell's: systemd reads the file as root, and divides $JAVA_OPTS into words.
start() {
	local environment=() line
	while IFS= read -r line; do
		[[ $line != \#* && -n $line ]] || continue
		line=${line/=\"/=}
		environment+=("${line%\"}")
	done < <(of_unit Environment; cat "$work/etc/latchkey.env")
	local command
	command=$(of_unit ExecStart)
	env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin "${environment[@]}" WORK="$work" COMMAND="$command" UMASK="$(of_unit UMask)" \
		unshare --mount bash -c '
			set -e
			mount -t tmpfs tmpfs /opt && mkdir /opt/latchkey && mount --bind "$WORK/opt" /opt/latchkey
			mount -t tmpfs -o mode=1777 tmpfs /tmp
			mount -o remount,bind,ro /
			cd / && umask "$UMASK"
			set -- $(eval echo "$COMMAND")
			unset WORK UMASK COMMAND
			exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
		' >"$work/log" 2>&1 &
	server=$!
}

start
for ((i = 0; i < 240; i++)); do
	! curl -fs -o /dev/null "http://127.0.0.1:$port/readyz" || break
	kill -0 "$server" 2>/dev/null || { cat "$work/log"; exit 1; }
	sleep 0.5
done
check "it starts, and is ready" "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/readyz")" 200
check "as a user who owns nothing" "$(stat -c %u "/proc/$server")" 65534
check "in the root folder" "$(readlink "/proc/$server/cwd")" /
check "without a capability" "$(sed -n 's/^CapBnd:\s*//p' "/proc/$server/status")" 0000000000000000
check "with the options of the unit" "$(tr '\0' ' ' <"/proc/$server/cmdline" | grep -c -- '-Xmx512m -jar /opt/latchkey/latchkey.jar')" 1
check "its log begins with no complaint" "$(grep -ciE 'denied|read-only file system|exception' "$work/log")" 0
check "the first administrator can sign in" "$(curl -s -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' -H 'Host: tokens.example.com' \
	-H 'X-Forwarded-Proto: https' -H 'X-Forwarded-For: 203.0.113.9' \
	--data '{"email":"you@example.com","password":"three ordinary words of yours","token_name":"first","scopes":["user:read"]}' "http://127.0.0.1:$port/api/login")" 201
LATCHKEY_ENVIRONMENT_FILE=$work/etc/latchkey.env LATCHKEY_FILE=$work/opt/latchkey.jar deploy/systemd/latchkey check >"$work/check.log" 2>&1
check "the command line beside it finds nothing wrong, with the same settings" "$? $(cat "$work/check.log")" "0 $(cat "$work/check.log")"
mkdir "$work/bin"
printf '#!/bin/sh\nprintf "<%%s>" "$A" "$B" "$C" "$@"\n' >"$work/bin/java"
chmod +x "$work/bin/java"
printf '%s\r\n' '  # no setting' '' 'A=a$HOME"b" ' " B = '\\ c' " 'C="d e"' 'neither' 'a.b=c' >"$work/etc/written"
check "it reads them as systemd does" "$(PATH=$work/bin:$PATH LATCHKEY_ENVIRONMENT_FILE=$work/etc/written LATCHKEY_FILE=jar deploy/systemd/latchkey check 'f g')" \
	'<a$HOME"b"><\ c><d e><-jar><jar><check><f g>'
printf '%s\n' 'A=a\b' >"$work/etc/written"
PATH=$work/bin:$PATH LATCHKEY_ENVIRONMENT_FILE=$work/etc/written deploy/systemd/latchkey check 2>"$work/refused.log"
check "and refuses what systemd would change, without saying it" "$? $(grep -cF 'a\b' "$work/refused.log")" "2 0"
begin=$SECONDS
kill -TERM "$server"
wait "$server"
check "asked to stop, it does, and says what the unit takes for success" "$?" "$(of_unit SuccessExitStatus)"
check "in less time than the unit gives it" "$((SECONDS - begin < $(of_unit TimeoutStopSec)))" 1

sed -i 's/^LATCHKEY_TOKENS_PEPPER=.*/LATCHKEY_TOKENS_PEPPER=short/' "$work/etc/latchkey.env"
start
wait "$server"
check "a setting that is wrong ends the start" "$?" 1
check "with a line that names it" "$(grep -c 'latchkey.tokens.pepper' "$work/log")" 1
server=
[ "$failures" -eq 0 ] || cat "$work/log"
all_passed
