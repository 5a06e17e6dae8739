# Row 13: a revoked token is dead in a service that verifies from memory, at once: on Node, and on Spring. Two nodes behind a balancer,
# which is a part of the check, so that it can be a bad network.

row_13() {
	local balancer=$((PORTS + 50)) half=$((POPULATION / 2))
	(umask 077 && tool tokens --count="$POPULATION" --out="$WORK/remote-doomed" && head -n "$half" "$WORK/remote-doomed" >"$WORK/doomed-of-node" \
		&& tail -n "$half" "$WORK/remote-doomed" >"$WORK/doomed-of-spring")
	fill_latchkey remotely "$WORK/remote-doomed"
	latchkey remote-a 52 remotely
	latchkey remote-b 54 remotely
	asking remote-a
	if has_node 13; then
		remote_service remote-a 56 "$balancer"
		revoked_at remote Node "$WORK/doomed-of-node"
	fi
	if spring_service remote-a "$balancer"; then
		revoked_at service Spring "$WORK/doomed-of-spring"
	else
		left_out 13 'a remote service on Spring' 'it could not be built or started'
	fi
	stop_server remote-b
	stop_server remote-a
}

# revoked_at SERVICE NAME TOKENS: both nodes run
revoked_at() {
	local name="remote service ($2)" what way first second third fourth
	timeout 3000 java -Xmx1g -jar "$BENCH/tools/target/tools.jar" remote --service="${PORT[$1]}" --a="${PORT[remote-a]}" \
		--b="${PORT[remote-b]}" --balancer="$((PORTS + 50))" --node-a="${PID[remote-a]}" --node-b="${PID[remote-b]}" \
		--service-process="${PID[$1]}" --url="$(jdbc_url remotely)" --tokens="$3" \
		--admin-token-file="$WORK/asking" --trials="$TRIALS" --fault-trials="$PAIRS" >"$WORK/$1.tsv" || say '  the check ended early'
	while IFS=$'\t' read -r what way first second third fourth; do
		case $what in
			other-node) found 13 "$name, $way: last acceptance after the answer, p99 of $first" '≤ 100 ms' \
				"$third ms (p50 $second, longest $fourth)" '<=' 100 ;;
			fault) found 13 "$name, $way: longest acceptance after the deletion ($first times)" '≤ 2000 ms' "$second ms" '<=' 2000
				found 13 "$name, $way: accepted after it was healed" '0' "$third" '<=' 0 ;;
		esac
	done <"$WORK/$1.tsv"
	stop_server "$1"
}
