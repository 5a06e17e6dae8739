# Row 12: services in other processes that verify from memory, each beside its own open route: one on Spring with the client in
# clients/spring, one on Node with that in clients/node. And beside asking each time: by Spring's stock introspection in
# examples/resource-server, and by fetch in the service on Node.

row_12() {
	local of_spring=() of_node=() spring='Spring service, verified from memory' spring_open='Spring service, its open route'
	local node='Node service, verified from memory' node_open='Node service, its open route' asked='Node service, asked each time'
	local stock="Spring's stock introspection"
	latchkey main 10 latchkey
	asking main
	printf '\t/open/user\n' >"$WORK/nobody"
	if spring_service main && until_true 30 is_accepted service; then
		of_spring+=("$spring|good|service|$WORK/thousand|turn|/api/user" "$spring_open|good|service|$WORK/nobody|turn|/open/user")
	else
		left_out 12 "$spring" 'the service could not be built or started'
	fi
	if has_node 12; then
		remote_service main 46
		until_true 30 is_accepted remote || fail "the service accepts nothing: $(tail -5 "$WORK/remote.log")"
		of_node+=("$node|good|remote|$WORK/thousand|turn|/api/user" "$node_open|good|remote|$WORK/thousand|turn|/open"
			"$asked|good|remote|$WORK/thousand|turn|/asked")
	fi
	if stock_service main; then
		of_spring+=("$stock|good|stock|$WORK/thousand|turn|/parcels")
	else
		left_out 12 "$stock" "examples/resource-server could not be built or started"
	fi
	# Apart, so that no answer that is kept grows old while others are measured.
	[[ ${#of_spring[@]} -eq 0 ]] || interleaved 12 "${of_spring[@]}"
	[[ ${#of_node[@]} -eq 0 ]] || interleaved 12 "${of_node[@]}"
	if [[ ${of_spring[*]} == *"$spring"* ]]; then
		found 12 'a remote service (Spring) verified from memory, of its open route' '≥ 0.95' "$(two "$(ratio 12 "$spring" "$spring_open" 4)")" '>=' 0.95
		found 12 'its p99, of the open route' '(beside it)' "$(two "$(ratio 12 "$spring" "$spring_open" 6)")" - 0
		[[ ${of_spring[*]} != *"$stock"* ]] || found 12 "of Spring's stock introspection each time" '≥ 8' \
			"$(two "$(ratio 12 "$spring" "$stock" 4)")" '>=' 8
	fi
	if [[ ${#of_node[@]} -gt 0 ]]; then
		found 12 'a remote service (Node) verified from memory, of its open route' '≥ 0.95' "$(two "$(ratio 12 "$node" "$node_open" 4)")" '>=' 0.95
		found 12 'its p99, of the open route' '(beside it)' "$(two "$(ratio 12 "$node" "$node_open" 6)")" - 0
		found 12 'of the same service that asks each time' '(beside it)' "$(two "$(ratio 12 "$node" "$asked" 4)")" - 0
	fi
	stop_server stock
	stop_server remote
	stop_server service
}

# has_node ROW: says so where there is none
has_node() {
	command -v node >/dev/null && return
	left_out "$1" 'a remote service on Node' 'there is no Node'
	return 1
}

# asking LATCHKEY: takes a token there that may introspect, and register clients; another row's Latchkey has another database
asking() {
	(umask 077 && admin_token "${PORT[$1]}" >"$WORK/asking")
}

# remote_service LATCHKEY OFFSET [PORT]: the service on Node behind that Latchkey, or behind what listens at that port
remote_service() {
	local port=$((PORTS + $2)) behind=${3:-${PORT[$1]}}
	is_running remote && return
	PORT=$port LATCHKEY_URL=http://127.0.0.1:$behind LATCHKEY_TOKEN_FILE=$WORK/asking node "$BENCH/remote/service.mjs" \
		>"$WORK/remote.log" 2>&1 &
	PID[remote]=$! PORT[remote]=$port
	started $!
	until_true 30 answers "http://127.0.0.1:$port/open" || fail "the service did not start: $(tail -5 "$WORK/remote.log")"
}

is_accepted() {
	[[ $(status "$1" /api/user "$(head -1 "$WORK/thousand")") == 200 ]]
}

# client_secret LATCHKEY ID: registers a client that may introspect, and prints its secret
client_secret() {
	curl -sf --max-time 20 -H 'Content-Type: application/json' -H "Authorization: Bearer $(cat "$WORK/asking")" \
		"http://127.0.0.1:${PORT[$1]}/api/clients" -d "{\"client_id\":\"$2\",\"name\":\"$2\",\"grant_types\":[\"client_credentials\"],
		\"scopes\":[\"tokens:introspect\"]}" | jq -er .client_secret
}

# spring_service LATCHKEY [PORT]: bench/service, with the client for Spring, likewise
spring_service() {
	local port=$((PORTS + 44)) behind=${2:-${PORT[$1]}} secret jar=$BENCH/service/target/service.jar
	# A jar that is there is not made anew for a library within it that is.
	[[ $BUILD == no ]] || (cd "$ROOT" && rm -f "$jar" && timeout 600 ./mvnw -q -B -ntp -f clients/spring/pom.xml -DskipTests install \
		&& timeout 600 ./mvnw -q -B -ntp -f bench/pom.xml -P service -pl service -am package) >"$WORK/service-build.log" 2>&1 || return 1
	[[ -e $jar ]] || return 1
	secret=$(client_secret "$1" service) || return 1
	LATCHKEY_RESOURCE_SERVER_ADDRESS=http://127.0.0.1:$behind LATCHKEY_RESOURCE_SERVER_CLIENT_ID=service \
		LATCHKEY_RESOURCE_SERVER_CLIENT_SECRET=$secret launch service "$port" "http://127.0.0.1:$port/open/user" "$jar"
}

# stock_service LATCHKEY: examples/resource-server, whose client is registered for it
stock_service() {
	local port=$((PORTS + 48)) secret jar
	[[ $BUILD == no ]] || (cd "$ROOT/examples/resource-server" && timeout 600 "$ROOT/mvnw" -q -B -ntp package) \
		>"$WORK/stock-build.log" 2>&1 || return 1
	jar=$(find "$ROOT/examples/resource-server/target" -maxdepth 1 -name 'resource-server-*.jar' | head -1)
	[[ -n $jar ]] || return 1
	secret=$(client_secret "$1" stock) || return 1
	LATCHKEY_URL=http://127.0.0.1:${PORT[$1]} LATCHKEY_CLIENT_ID=stock LATCHKEY_CLIENT_SECRET=$secret \
		launch stock "$port" "http://127.0.0.1:$port/parcels" "$jar"
}
