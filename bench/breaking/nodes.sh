# What happens to a node.

of_node_killed() {
	begin 'a node is killed while it issues'
	kill -9 "${PID[a]}"
	wait "${PID[a]}" 2>/dev/null || true
	latchkey a 2 faults
	healed
}

of_node_stopped() {
	begin 'a node stands still (SIGSTOP) and goes on'
	kill -STOP "${PID[b]}"
	long_enough
	kill -CONT "${PID[b]}"
	healed
}

is_over() {
	! is_running "$1"
}

# What was begun is finished: each token that exists was handed out, and what was used last is noted.
of_node_ended() {
	local before after raw last
	before=$(sql faults "SELECT count(*) FROM api_token WHERE name LIKE 'of node %'")
	begin 'a node is ended (SIGTERM) under load'
	raw=$(curl -sf --max-time 20 "http://127.0.0.1:${PORT[b]}/api/tokens" -H "Authorization: Bearer $(cat "$WORK/admin")" \
		-H 'Content-Type: application/json' -d '{"name":"used last","scopes":["user:read"]}' | jq -r .token)
	curl -sf --max-time 20 -o /dev/null "http://127.0.0.1:${PORT[a]}/api/user" -H "Authorization: Bearer $raw"
	kill -TERM "${PID[a]}"
	until_true 120 is_over a || went_wrong 'a node that was ended goes on'
	last=$(sql faults "SELECT last_used_at IS NOT NULL FROM api_token WHERE name = 'used last' ORDER BY created_at DESC LIMIT 1")
	[[ $last == t ]] || went_wrong 'a node that was ended did not write the last use'
	latchkey a 2 faults
	healed
	after=$(sql faults "SELECT count(*) FROM api_token WHERE name LIKE 'of node %'")
	((after - before == $(cut -f 3 <<<"$ROW"))) \
		|| went_wrong "$((after - before)) tokens were made, $(cut -f 3 <<<"$ROW") were handed out, when a node was ended"
}

# As usual, but that the clock of node b goes as a file says. Without the last of the settings each timed wait of a thread ends
# at once, and the JVM does nothing but wait again.
nodes_with_a_clock() {
	local library
	library=$(find /usr/lib -name 'libfaketimeMT.so.1' -print -quit)
	cat >"$WORK/java-with-a-clock" <<-END
		#!/bin/sh
		FAKETIME_TIMESTAMP_FILE=$WORK/clock FAKETIME_CACHE_DURATION=1 FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 LD_PRELOAD=$library exec $JAVA "\$@"
	END
	chmod +x "$WORK/java-with-a-clock"
	echo +0 >"$WORK/clock"
	name_of_the_database 127.0.0.1
	usual_ways
	latchkey a 2 faults
	# Such a JVM starts slowly, and its first connection with it.
	JAVA=$WORK/java-with-a-clock latchkey_b --spring.datasource.hikari.data-source-properties.loginTimeout=30
}

# clock WHERETO SECONDS
clock() {
	begin "a node's clock is set $1 by an hour, and back"
	echo "$2" >"$WORK/clock"
	long_enough
	echo +0 >"$WORK/clock"
	healed
}

of_clock_forward() {
	clock forward +3600
}

of_clock_back() {
	clock back -3600
}
