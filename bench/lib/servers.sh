# The servers, each with the same JVM flags. Names are what the rows call them by.

# launch NAME PORT URL-THAT-SHOWS-READINESS JAR [ARGUMENTS...]: the environment is the caller's
launch() {
	local name=$1 port=$2 probe=$3 jar=$4
	shift 4
	# shellcheck disable=SC2086
	"$JAVA" $JVM_FLAGS -jar "$jar" --server.address=127.0.0.1 --server.port="$port" --spring.threads.virtual.enabled=true "$@" \
		>"$WORK/$name.log" 2>&1 &
	PID[$name]=$! PORT[$name]=$port
	started $!
	until_true 300 ready_or_dead "$name" "$probe" || fail "$name is not ready after 300 s: $(tail -5 "$WORK/$name.log")"
	kill -0 "${PID[$name]}" 2>/dev/null || fail "$name died: $(tail -20 "$WORK/$name.log")"
}

ready_or_dead() {
	answers "$2" || ! kill -0 "${PID[$1]}" 2>/dev/null
}

is_running() {
	[[ -n ${PID[$1]:-} ]] && kill -0 "${PID[$1]}" 2>/dev/null
}

stop_server() {
	! is_running "$1" || end "${PID[$1]}"
	unset "PID[$1]"
}

# latchkey NAME OFFSET DATABASE [ARGUMENTS...]: DB_PORT sends it to the database by another way
latchkey() {
	local name=$1 port=$((PORTS + $2)) database=$3
	shift 3
	latchkey_jar
	is_running "$name" && return
	SPRING_DATASOURCE_URL=$(jdbc_url "$database" "${DB_PORT:-$PG_PORT}") SPRING_DATASOURCE_USERNAME=bench \
		SPRING_DATASOURCE_PASSWORD=bench LATCHKEY_ADMIN_EMAIL=$ADMIN_EMAIL LATCHKEY_ADMIN_PASSWORD=$ADMIN_PASSWORD \
		launch "$name" "$port" "http://127.0.0.1:$port/readyz" "$LATCHKEY_JAR" --management.server.port=$((port + 1)) \
		--latchkey.limits.token=1000000000 --latchkey.limits.reports=1000000000 --latchkey.tokens.max-per-owner=1000000 "$@"
	until_true 60 is_ready "http://127.0.0.1:$port/readyz" || fail "$name is not ready: $(tail -5 "$WORK/$name.log")"
}

open_route() {
	local port=$((PORTS + 2))
	is_running open || launch open "$port" "http://127.0.0.1:$port/api/user" "$BENCH/open-route/target/open-route.jar"
}

bare_route() {
	local port=$((PORTS + 3))
	is_running bare || launch bare "$port" "http://127.0.0.1:$port/api/user" "$BENCH/open-route/target/open-route.jar" \
		--spring.profiles.active=bare
}

jpa_filter() {
	local port=$((PORTS + 4))
	is_running jpa && return
	SPRING_DATASOURCE_URL=$(jdbc_url comparison) \
		launch jpa "$port" "http://127.0.0.1:$port/api/user" "$BENCH/jpa-filter/target/jpa-filter.jar"
}

# peak_memory NAME: mebibytes
peak_memory() {
	awk '/^VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/${PID[$1]}/status"
}
