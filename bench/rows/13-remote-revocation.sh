# Row 13: a revoked token is dead in a service that verifies from memory, at once; two nodes behind a balancer, which is a part of
# the check, so that it can be a bad network.

row_13() {
	local balancer=$((PORTS + 50)) fault_trials=$PAIRS what way first second third fourth
	has_node 13 || return 0
	(umask 077 && tool tokens --count="$POPULATION" --out="$WORK/remote-doomed")
	fill_latchkey remotely "$WORK/remote-doomed"
	latchkey remote-a 52 remotely
	latchkey remote-b 54 remotely
	remote_service remote-a 56 "$balancer"
	(umask 077 && admin_token "${PORT[remote-a]}" >"$WORK/admin")
	timeout 3000 java -Xmx1g -jar "$BENCH/tools/target/tools.jar" remote --service="${PORT[remote]}" --a="${PORT[remote-a]}" \
		--b="${PORT[remote-b]}" --balancer="$balancer" --node-a="${PID[remote-a]}" --node-b="${PID[remote-b]}" \
		--service-process="${PID[remote]}" --url="$(jdbc_url remotely)" --tokens="$WORK/remote-doomed" \
		--admin-token-file="$WORK/admin" --trials="$TRIALS" --fault-trials="$fault_trials" >"$WORK/remote.tsv" ||
		say '  the check ended early'
	while IFS=$'\t' read -r what way first second third fourth; do
		case $what in
			other-node) found 13 "remote service (Node), $way: last acceptance after the answer, p99 of $first" '≤ 100 ms' \
				"$third ms (p50 $second, longest $fourth)" '<=' 100 ;;
			fault) found 13 "remote service (Node), $way: longest acceptance after the deletion ($first times)" '≤ 2000 ms' "$second ms" '<=' 2000
				found 13 "remote service (Node), $way: accepted after it was healed" '0' "$third" '<=' 0 ;;
		esac
	done <"$WORK/remote.tsv"
	stop_server remote
	stop_server remote-b
	stop_server remote-a
}
