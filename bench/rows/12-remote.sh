# Row 12: a service in another process that verifies from memory, beside its own open route, and beside asking each time: by
# fetch in the same service, and by Spring's stock introspection in examples/resource-server.

row_12() {
	local memory='Node service, verified from memory' open='Node service, its open route' asked='Node service, asked each time'
	local stock="Spring's stock introspection" legs
	has_node 12 || return 0
	latchkey main 10 latchkey
	remote_service main 46
	until_true 30 is_accepted remote || fail "the service accepts nothing: $(tail -5 "$WORK/remote.log")"
	legs=("$memory|good|remote|$WORK/thousand|turn|/api/user" "$open|good|remote|$WORK/thousand|turn|/open"
		"$asked|good|remote|$WORK/thousand|turn|/asked")
	if stock_service main; then
		legs+=("$stock|good|stock|$WORK/thousand|turn|/parcels")
	else
		left_out 12 "$stock" "examples/resource-server could not be built or started"
	fi
	interleaved 12 "${legs[@]}"
	found 12 'a remote service (Node) verified from memory, of its open route' '≥ 0.95' "$(two "$(ratio 12 "$memory" "$open" 4)")" '>=' 0.95
	found 12 'its p99, of the open route' '(beside it)' "$(two "$(ratio 12 "$memory" "$open" 6)")" - 0
	found 12 'of the same service that asks each time' '(beside it)' "$(two "$(ratio 12 "$memory" "$asked" 4)")" - 0
	[[ ${legs[*]} != *"$stock"* ]] || found 12 "of Spring's stock introspection each time" '≥ 8' \
		"$(two "$(ratio 12 "$memory" "$stock" 4)")" '>=' 8
	stop_server stock
	stop_server remote
}

# has_node ROW: says so where there is none
has_node() {
	command -v node >/dev/null && return
	left_out "$1" 'a remote service' 'there is no Node'
	return 1
}

# remote_service LATCHKEY OFFSET [PORT]: the service behind that Latchkey, or behind what listens at that port
remote_service() {
	local port=$((PORTS + $2)) behind=${3:-${PORT[$1]}}
	is_running remote && return
	(umask 077 && admin_token "${PORT[$1]}" >"$WORK/asking")
	PORT=$port LATCHKEY_URL=http://127.0.0.1:$behind LATCHKEY_TOKEN_FILE=$WORK/asking node "$BENCH/remote/service.mjs" \
		>"$WORK/remote.log" 2>&1 &
	PID[remote]=$! PORT[remote]=$port
	started $!
	until_true 30 answers "http://127.0.0.1:$port/open" || fail "the service did not start: $(tail -5 "$WORK/remote.log")"
}

is_accepted() {
	[[ $(status "$1" /api/user "$(head -1 "$WORK/thousand")") == 200 ]]
}

# stock_service LATCHKEY: examples/resource-server, whose client is registered for it
stock_service() {
	local port=$((PORTS + 48)) secret
	secret=$(curl -sf --max-time 20 -H 'Content-Type: application/json' -H "Authorization: Bearer $(cat "$WORK/asking")" \
		"http://127.0.0.1:${PORT[$1]}/api/clients" -d '{"client_id":"stock","name":"stock","grant_types":["client_credentials"],
		"scopes":["tokens:introspect"]}' | jq -r .client_secret) || return 1
	(cd "$ROOT/examples/resource-server" && timeout 600 "$ROOT/mvnw" -q -B -ntp package) >"$WORK/stock-build.log" 2>&1 || return 1
	LATCHKEY_URL=http://127.0.0.1:${PORT[$1]} LATCHKEY_CLIENT_ID=stock LATCHKEY_CLIENT_SECRET=$secret \
		launch stock "$port" "http://127.0.0.1:$port/parcels" "$(ls "$ROOT"/examples/resource-server/target/resource-server-*.jar | head -1)"
}
