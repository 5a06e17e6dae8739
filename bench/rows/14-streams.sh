# Row 14: a thousand services that follow the changes of one node: what that costs while nothing happens, and how long it takes
# until a revocation has reached the last of them.

row_14() {
	local what first second third seconds=30 trials=20
	[[ $QUICK == no ]] || seconds=5 trials=3
	# A stream takes 150 KB, says docs/remote-verification.md.
	local JVM_FLAGS="$JVM_FLAGS -Xmx448m"
	(umask 077 && tool tokens --count=1000 --out="$WORK/followed")
	fill_latchkey followed "$WORK/followed"
	latchkey followed 58 followed
	(umask 077 && admin_token "${PORT[followed]}" >"$WORK/following")
	java -Xmx256m -jar "$BENCH/tools/target/tools.jar" streams --port="${PORT[followed]}" --process="${PID[followed]}" --tick="$TICK" \
		--streams=1000 --seconds="$seconds" --trials="$trials" --token-file="$WORK/following" --tokens="$WORK/followed" \
		>"$WORK/streams.tsv" || say '  the check ended early'
	while IFS=$'\t' read -r what first second third; do
		case $what in
			quiet) found 14 "processor time of a node with $first quiet streams" '≤ 5 % of a core' "$second % of a core" '<=' 5 ;;
			heard) found 14 "from the answer to a revocation until the last of them has heard, longest of $first" '≤ 250 ms' \
				"$third ms (p50 $second)" '<=' 250 ;;
		esac
	done <"$WORK/streams.tsv"
	stop_server followed
}
