# A PostgreSQL of its own: a real server process that keeps its promises (fsync, synchronous_commit), on 127.0.0.1. It is the
# one that the tests run on, whatever the machine has.

PG_BIN='' PG_DATA='' PG_PORT=''

fetch_postgres() {
	local version arch=amd64 artifact=io.zonky.test.postgres:embedded-postgres-binaries-linux
	[[ $(uname -m) == x86_64 ]] || arch=arm64v8
	version=$(sed -n 's:.*<embedded-postgres-binaries.version>\(.*\)</.*:\1:p' "$ROOT/pom.xml")
	mkdir "$WORK/postgresql"
	(cd "$WORK/postgresql" && timeout 300 "$ROOT/mvnw" -f "$ROOT/pom.xml" -q -B -ntp dependency:copy -DoutputDirectory="$PWD" \
		-Dartifact="$artifact-$arch:$version:jar" && jar xf embedded-postgres-*.jar && tar xJf postgres-*.txz) \
		>"$WORK/postgresql.log" 2>&1 || fail "PostgreSQL cannot be fetched: $(tail -3 "$WORK/postgresql.log")"
	PG_BIN=$WORK/postgresql/bin
}

# PostgreSQL refuses to run as root.
as_postgres() {
	if [[ $(id -u) == 0 ]]; then
		(cd / && setpriv --reuid=nobody --regid=nogroup --clear-groups "$@")
	else
		"$@"
	fi
}

start_database() {
	fetch_postgres
	PG_PORT=$PORTS
	PG_DATA=$WORK/postgres
	chmod 711 "$WORK"
	mkdir "$PG_DATA"
	[[ $(id -u) != 0 ]] || chown nobody: "$PG_DATA"
	say "starting $("$PG_BIN/postgres" --version)"
	as_postgres "$PG_BIN/initdb" -D "$PG_DATA" -U bench -A trust -E UTF8 --locale=C >"$WORK/initdb.log"
	as_postgres tee -a "$PG_DATA/postgresql.conf" >/dev/null <<-END
		listen_addresses = '127.0.0.1'
		port = $PG_PORT
		unix_socket_directories = ''
		fsync = on
		synchronous_commit = on
		full_page_writes = on
		max_connections = 100
		shared_buffers = 256MB
		max_wal_size = 4GB
	END
	as_postgres "$PG_BIN/pg_ctl" -D "$PG_DATA" -l "$PG_DATA/log" -w -t 60 start >/dev/null \
		|| fail "PostgreSQL does not start: $(tail -3 "$PG_DATA/log")"
}

stop_database() {
	[[ -n $PG_DATA && -f $PG_DATA/postmaster.pid ]] || return 0
	as_postgres "$PG_BIN/pg_ctl" -D "$PG_DATA" -m immediate -w -t 30 stop >/dev/null 2>&1 || true
}

# sql DATABASE STATEMENT: unaligned rows
sql() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$PG_PORT" -U bench -d "$1" -c "$2"
}

create_database() {
	sql postgres "CREATE DATABASE $1"
}

jdbc_url() {
	printf 'jdbc:postgresql://127.0.0.1:%s/%s?user=bench' "${2:-$PG_PORT}" "$1"
}
