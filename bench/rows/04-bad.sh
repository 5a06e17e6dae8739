# Row 4: strings that are no tokens, tokens that nobody issued, and those who suffer from them.

row_4() {
	local open='open route behind the chain' malformed='malformed tokens' unknown='unknown tokens'
	local alone='good tokens alone' beside='good tokens beside unknown ones' bystander pair
	latchkey main 10 latchkey
	open_route
	interleaved 4 "$malformed|bad|main|$WORK/malformed|turn" "$open|good|open|$WORK/malformed|turn" \
		"$unknown|bad|main|$WORK/unknown|turn"
	found 4 'throughput of malformed tokens, of the open route' '≥ 1.0' "$(two "$(ratio 4 "$malformed" "$open" 4)")" '>=' 1
	found 4 'look-ups for a malformed token' '0' "$(look_ups "$WORK/malformed")" '<=' 0
	found 4 'look-ups for an unknown token' '≤ 1' "$(look_ups "$WORK/unknown")" '<=' 1
	found 4 'throughput of unknown tokens, of the open route' '(beside it)' "$(two "$(ratio 4 "$unknown" "$open" 4)")" - 0

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

# look_ups FILE: how often the index of the digests was asked for each request with a token of that file
look_ups() {
	local before requests=0
	before=$(digest_scans)
	requests=$(load main 3 "$1" turn | sed 's/.*requests=\([0-9]*\).*/\1/')
	awk -v scans="$(($(digest_scans) - before))" -v n="$requests" 'BEGIN { printf "%.2f", scans / n }'
}

# Backends tell the statistics a little later, at the latest when they have been idle for ten seconds.
digest_scans() {
	sleep 12
	sql latchkey "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'api_token_digest'"
}
