# Row 5: a revoked token is dead, here at once and elsewhere at once. Two nodes; the second reaches the database through a
# proxy that a signal turns into a network that swallows everything.

row_5() {
	local requests=100000 fault_trials=$PAIRS seconds=180 proxy=$((PORTS + 21)) staleness=2000
	[[ $QUICK == no ]] || requests=5000 seconds=60
	(umask 077 && tool tokens --count="$POPULATION" --out="$WORK/doomed")
	fill_latchkey revocation "$WORK/doomed"
	java -Xmx64m -jar "$BENCH/tools/target/tools.jar" proxy --listen="$proxy" --target="$PG_PORT" >"$WORK/proxy.log" 2>&1 &
	PID[proxy]=$!
	started $!
	latchkey a 22 revocation
	DB_PORT=$proxy latchkey b 24 revocation
	(umask 077 && admin_token "${PORT[a]}" >"$WORK/admin")
	timeout 1500 java -Xmx1g -jar "$BENCH/tools/target/tools.jar" revocation --a="${PORT[a]}" --b="${PORT[b]}" --proxy="${PID[proxy]}" \
		--url="$(jdbc_url revocation)" --tokens="$WORK/doomed" --admin-token-file="$WORK/admin" --requests="$requests" \
		--seconds="$seconds" --trials="$TRIALS" --fault-trials="$fault_trials" >"$WORK/revocation.tsv" || say "  the check ended early"
	found 5 'requests that began after a revocation was answered, on the same node' "≥ $requests" \
		"$(awk -F '\t' '$1 == "same-node" { n += $3 } END { print n + 0 }' "$WORK/revocation.tsv")" '>=' "$requests"
	while IFS=$'\t' read -r what way first second third fourth; do
		case $what in
			same-node) found 5 "same node, $way: accepted of requests that began after the answer" '0' "$second of $first" '<=' 0 ;;
			same-node-refused-while-good) found 5 'good tokens refused meanwhile' '0' "$first" '<=' 0 ;;
			other-node) found 5 "other node, $way: last acceptance after the answer, p99 of $first" '≤ 50 ms' "$third ms (p50 $second, longest $fourth)" '<=' 50 ;;
			fault) found 5 "$way: longest acceptance after the deletion ($first times)" "≤ $staleness ms" "$second ms" '<=' "$staleness"
				found 5 "$way: accepted after it was healed" '0' "$third" '<=' 0 ;;
		esac
	done <"$WORK/revocation.tsv"
	stop_server b
	stop_server a
	stop_server proxy
}
