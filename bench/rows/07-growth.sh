# Row 7: more tokens in the table, more in the cache, a million to prune.

row_7() {
	local small=10000 cold_small cold_grown
	[[ $QUICK == no ]] || small=2000
	grow small "$small" 30
	grow grown "$GROWN" 32
	compare_growth small "$small" grown "$GROWN"
	row_size grown
	prune_under_load
	stop_server grown
	if [[ $HUGE == yes ]]; then
		grow huge 10000000 32
		compare_growth small "$small" huge 10000000
		row_size huge
		stop_server huge
	fi
	stop_server small
	cache_memory
}

# grow DATABASE COUNT OFFSET: a filled database with a server that can keep hardly anything in memory
grow() {
	say "  filling a table with $2 tokens"
	(umask 077 && tool tokens --count="$2" --out="$WORK/$1-all")
	fill_latchkey "$1" "$WORK/$1-all"
	shuf -n 100000 "$WORK/$1-all" >"$WORK/$1-tokens"
	awk 'NR % 10 == 0 { print $1 "\t/api/tokens?size=20" }' "$WORK/$1-all" | shuf -n 1000 >"$WORK/$1-lists"
	latchkey "$1" "$3" "$1" --latchkey.cache.max-entries=100
}

compare_growth() {
	local cold_small="cold, $2 tokens in the table" cold_grown="cold, $4 tokens in the table"
	local list_small="an owner's page, $2 tokens in the table" list_grown="an owner's page, $4 tokens in the table"
	interleaved 7 "$cold_small|good|$1|$WORK/$1-tokens|draw" "$cold_grown|good|$3|$WORK/$3-tokens|draw" \
		"$list_small|good|$1|$WORK/$1-lists|turn" "$list_grown|good|$3|$WORK/$3-lists|turn"
	found 7 "cold verification with $4 tokens against $2, time" '≤ 1.3' "$(two "$(ratio 7 "$cold_small" "$cold_grown" 4)")" '<=' 1.3
	found 7 "one owner's page with $4 tokens against $2, time" '≤ 1.3' "$(two "$(ratio 7 "$list_small" "$list_grown" 4)")" '<=' 1.3
}

row_size() {
	found 7 "a row and its index entries in $1" '≤ 400 bytes' \
		"$(sql "$1" "SELECT round(pg_total_relation_size('api_token')::numeric / count(*)) FROM api_token") bytes" '<=' 400
}

# The loader's expired tokens go to the owners there are; what is measured is the time in which rows really disappear.
prune_under_load() {
	local quiet='cold, before the pruning' pruning='cold, while pruning' hot_quiet='1,000 tokens, before the pruning'
	local hot_pruning='1,000 tokens, while pruning' pair left
	(umask 077 && tool tokens --count="$GROWN" --out="$WORK/expired")
	tool load --schema=latchkey-expired --tokens="$WORK/expired" --url="$(jdbc_url grown)"
	head -1000 "$WORK/grown-tokens" >"$WORK/grown-thousand"
	latchkey hot 34 grown
	load hot "$WARM_SECONDS" "$WORK/grown-thousand" turn >/dev/null
	for pair in $(seq "$PAIRS"); do
		leg 7 "$hot_quiet" "$pair" good hot "$WORK/grown-thousand" turn
		leg 7 "$quiet" "$pair" good grown "$WORK/grown-tokens" draw
	done
	latchkey pruner 38 grown --latchkey.tokens.prune.retention=24h '--latchkey.tokens.prune.cron=*/5 * * * * *'
	until_true 60 is_pruning || say '  the pruning does not begin'
	for pair in $(seq "$PAIRS"); do
		is_pruned || leg 7 "$hot_pruning" "$pair" good hot "$WORK/grown-thousand" turn
		is_pruned || leg 7 "$pruning" "$pair" good grown "$WORK/grown-tokens" draw
	done
	until_true 600 is_pruned || say '  the pruning takes longer than ten minutes'
	stop_server pruner
	left=$(expired_rows)
	found 7 'p99 of 1,000 tokens in turn while expired rows are pruned, of that before' '≤ 2' \
		"$(two "$(quotient "$hot_pruning" "$hot_quiet")")" '<=' 2
	found 7 'p99 of cold tokens meanwhile, of that before' '≤ 2' "$(two "$(quotient "$pruning" "$quiet")")" '<=' 2
	found 7 "expired rows left of $GROWN" '0' "$left" '<=' 0
	stop_server hot
}

quotient() {
	awk -v a="$(value 7 "$1" 6)" -v b="$(value 7 "$2" 6)" 'BEGIN { print (a == "nan" || b == "nan" || b == 0) ? "nan" : a / b }'
}

expired_rows() {
	sql grown "SELECT count(*) FROM api_token WHERE expires_at < now() - interval '24 hours'"
}

is_pruning() {
	(($(expired_rows) < GROWN))
}

is_pruned() {
	(($(expired_rows) == 0))
}

# What a full cache adds to the live heap.
cache_memory() {
	local before after
	latchkey full 36 latchkey --latchkey.cache.max-entries="$POPULATION"
	load full 5 "$WORK/thousand" turn >/dev/null
	before=$(live_bytes full)
	load full $((WARM_SECONDS + 8)) "$WORK/tokens" turn >/dev/null
	after=$(live_bytes full)
	found 7 "live heap that a cache of $POPULATION tokens adds" '≤ 100 MB' \
		"$(awk -v a="$after" -v b="$before" 'BEGIN { printf "%.0f MB", (a - b) / 1e6 }')" '<=' 100
	stop_server full
}

# live_bytes SERVER: after a full collection
live_bytes() {
	local jcmd=jcmd
	[[ -z $JDK ]] || jcmd=$JDK/bin/jcmd
	"$jcmd" "${PID[$1]}" GC.class_histogram | awk '/^Total/ { print $3 }'
}
