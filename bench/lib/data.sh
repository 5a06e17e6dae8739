# What the tables are filled with. Raw tokens exist in the temporary directory alone.

ADMIN_EMAIL=admin@bench.latchkey.dev ADMIN_PASSWORD=bench-Only-7c1e

prepare_data() {
	say "making $POPULATION tokens and filling the tables"
	(umask 077 && tool tokens --count="$POPULATION" --out="$WORK/tokens")
	head -1000 "$WORK/tokens" >"$WORK/thousand"
	head -10000 "$WORK/tokens" >"$WORK/busy"
	tool tokens --count=200000 --kind=malformed --out="$WORK/malformed"
	tool tokens --count=1000000 --out="$WORK/unknown"
	create_database comparison
	psql -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$PG_PORT" -U bench -d comparison -f "$BENCH/sql/comparison.sql"
	tool load --schema=comparison --tokens="$WORK/tokens" --url="$(jdbc_url comparison)"
	fill_latchkey latchkey "$WORK/tokens"
}

# fill_latchkey DATABASE FILE: Latchkey makes its schema itself, then its tables are filled
fill_latchkey() {
	create_database "$1"
	latchkey schema 6 "$1"
	stop_server schema
	tool load --schema=latchkey --tokens="$2" --url="$(jdbc_url "$1")"
}

# orders FILE: requests for the one order of each token's owner
orders() {
	awk '{ printf "%s\t/api/orders/01900000-0000-7000-8003-%012x\n", $1, int((NR - 1) / 10) }' "$1"
}

# admin_token PORT: logs in
admin_token() {
	curl -sf --max-time 20 -H 'Content-Type: application/json' "http://127.0.0.1:$1/api/login" -d "{\"email\":\"$ADMIN_EMAIL\",
		\"password\":\"$ADMIN_PASSWORD\",\"token_name\":\"bench\",\"scopes\":[\"tokens:introspect\",\"tokens:write\",\"user:read\",
		\"users:read\",\"users:write\"]}" | jq -r .token
}
