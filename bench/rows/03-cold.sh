# Row 3: tokens that are not in the cache, beside the filter that has none.

row_3() {
	local cold='cold tokens, cache of one in a hundred' filter='hand-written JPA filter'
	latchkey cold 14 latchkey --latchkey.cache.max-entries=$((POPULATION / 100))
	jpa_filter
	interleaved 3 "$cold|good|cold|$WORK/tokens|draw" "$filter|good|jpa|$WORK/tokens|draw"
	found 3 'throughput of cold tokens, of the hand-written JPA filter' '≥ 2' "$(two "$(ratio 3 "$cold" "$filter" 4)")" '>=' 2
	stop_server cold
}
