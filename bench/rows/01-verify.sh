# Row 1: verification from memory beside an open route on the bare stack.

MEMORY=''

row_1() {
	local user='GET /api/user, 1,000 tokens in turn' open='open route behind the chain' bare='open route, no security at all'
	latchkey main 10 latchkey
	open_route
	bare_route
	say "  bodies: $(body_size main) bytes of Latchkey, $(body_size open) of the open route"
	interleaved 1 "$user|good|main|$WORK/thousand|turn" "$open|good|open|$WORK/thousand|turn" "$bare|good|bare|$WORK/thousand|turn"
	MEMORY=$(peak_memory main)
	found 1 'throughput of `GET /api/user`, of the open route' '≥ 0.95' "$(two "$(ratio 1 "$user" "$open" 4)")" '>=' 0.95
	found 1 'its p99, of the open route' '≤ 1.3' "$(two "$(ratio 1 "$user" "$open" 6)")" '<=' 1.3
	found 1 'its throughput, of the route with no security at all' '(0.85 would be remarkable)' \
		"$(two "$(ratio 1 "$user" "$bare" 4)")" - 0
	beside
}

# A draw fills the cache, and with it half of the heap, so that it comes after the thousand and beside the open route again.
beside() {
	local order='GET /api/orders/{id} (one query)' draw="GET /api/user, draw over all $POPULATION" open='open route, beside the draw'
	orders "$WORK/thousand" >"$WORK/orders"
	interleaved 1 "$order|good|main|$WORK/orders|turn" "$draw|good|main|$WORK/tokens|draw" "$open|good|open|$WORK/thousand|turn"
	found 1 'draw over all tokens, default cache, of the open route' '(beside it)' "$(two "$(ratio 1 "$draw" "$open" 4)")" - 0
	found 1 '`GET /api/orders/{id}`, one query, of the open route' '(beside it)' "$(two "$(ratio 1 "$order" "$open" 4)")" - 0
}

body_size() {
	curl -s -H "Authorization: Bearer $(head -1 "$WORK/thousand")" "http://127.0.0.1:${PORT[$1]}/api/user" | wc -c
}
