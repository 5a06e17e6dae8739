# Row 15: what the library adds to an application's start-up, and to its heap.

row_15() {
	local pair with without
	has_host 15 || return 0
	host_database
	for pair in $(seq "$PAIRS"); do
		START_DATABASE=host start_up "$JAVA" host-with "$pair" -jar "$BENCH/host/target/host-with.jar"
		START_DATABASE=host start_up "$JAVA" host-without "$pair" -jar "$BENCH/host/target/host-without.jar"
	done
	found 15 "a host's start-up with the library, of that without" '≤ 1.25' \
		"$(two "$(start_ratio host-with host-without)") ($(start_median host-with) s)" '<=' 1.25
	host_with_tokens
	load host "$WARM_SECONDS" "$WORK/host-tokens" turn /api/user >/dev/null
	with=$(living host)
	stop_server host
	SPRING_DATASOURCE_URL=$(jdbc_url host) launch host "$((PORTS + 50))" "http://127.0.0.1:$((PORTS + 50))/open/user" \
		"$BENCH/host/target/host-without.jar"
	load host "$WARM_SECONDS" "$WORK/host-open" turn /open/user >/dev/null
	without=$(living host)
	stop_server host
	found 15 'living objects that it adds, after a thousand tokens' '≤ 30 MB' "$(two "$(megabytes $((with - without)))") MB" '<=' 30
}

# living NAME: bytes of objects that are still needed
living() {
	"$(dirname "$(readlink -f "$(command -v "$JAVA")")")/jcmd" "${PID[$1]}" GC.class_histogram | awk '$1 == "Total" { print $3 }'
}

megabytes() {
	awk -v bytes="$1" 'BEGIN { print bytes / 1e6 }'
}
