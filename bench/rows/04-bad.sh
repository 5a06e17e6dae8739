# Row 4: strings that are no tokens, tokens that nobody issued, and those who suffer from them.

row_4() {
	local open='open route behind the chain' malformed='malformed tokens' unknown='unknown tokens' before
	local alone='good tokens alone' beside='good tokens beside unknown ones' scans requests bystander pair
	latchkey main 10 latchkey
	open_route
	before=$(token_scans)
	interleaved 4 "$malformed|bad|main|$WORK/malformed|turn" "$open|good|open|$WORK/malformed|turn"
	scans=$(($(token_scans) - before))
	found 4 'throughput of malformed tokens, of the open route' '≥ 1.0' "$(two "$(ratio 4 "$malformed" "$open" 4)")" '>=' 1
	found 4 'queries for malformed tokens' '0' "$scans" '<=' 0

	before=$(token_scans)
	interleaved 4 "$unknown|bad|main|$WORK/unknown|turn"
	scans=$(($(token_scans) - before))
	requests=$(awk -F '\t' -v label="$unknown" -v seconds="$SECONDS_A_LEG" -v warm="$WARM_SECONDS" '
		$1 == 4 && $2 == label { n += $4 * seconds; rate = $4 } END { printf "%d", n + rate * warm }' "$WORK/legs.tsv")
	found 4 'queries for each unknown token' '≤ 1' "$(awk -v s="$scans" -v n="$requests" 'BEGIN { printf "%.2f", n ? s / n : "nan" }')" \
		'<=' 1.05

	load main 3 "$WORK/thousand" turn >/dev/null
	for pair in $(seq "$PAIRS"); do
		leg 4 "$alone" "$pair" good main "$WORK/thousand" turn
		load main $((SECONDS_A_LEG + 2)) "$WORK/unknown" turn >/dev/null &
		bystander=$!
		sleep 1
		leg 4 "$beside" "$pair" good main "$WORK/thousand" turn
		wait "$bystander"
	done
	found 4 'throughput of good tokens while unknown ones come at full speed' '≥ 0.5' "$(two "$(ratio 4 "$beside" "$alone" 4)")" \
		'>=' 0.5
}

# token_scans: how often the table of tokens was looked into; backends tell the statistics a little later
token_scans() {
	sleep 2
	sql latchkey "SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relname = 'api_token'"
}
