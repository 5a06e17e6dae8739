# Row 6: what remembering the last use costs. A difference of one in a hundred drowns in the machine's drift, so it is not a
# difference of two runs: it is the processor time that PostgreSQL and the writing thread use in one run with the cache warm,
# when there is nothing else for them to do.

row_6() {
	local window=130 updates postgres server writer share
	[[ $QUICK == no ]] || window=5
	latchkey main 10 latchkey
	load main "$WARM_SECONDS" "$WORK/busy" turn >/dev/null
	sleep 3
	updates=$(token_updates)
	postgres=$(postgres_ticks)
	server=$(cpu_ticks "${PID[main]}")
	writer=$(writer_ticks)
	load main "$window" "$WORK/busy" turn >/dev/null
	server=$(($(cpu_ticks "${PID[main]}") - server))
	writer=$(($(writer_ticks) - writer))
	postgres=$(($(postgres_ticks) - postgres))
	sleep 3
	updates=$(($(token_updates) - updates))
	share=$(awk -v w="$writer" -v p="$postgres" -v s="$server" 'BEGIN { printf "%.2f", 100 * (w + p) / (s + p) }')
	found 6 'processor time that the last use of 10,000 busy tokens takes, its database included' '≤ 1 %' "$share %" '<=' 1
	found 6 'writes a token a minute' '≤ 1' "$(awk -v u="$updates" -v w="$window" 'BEGIN { printf "%.2f", u / 10000 / int(w / 60 + 1) }')" \
		'<=' 1
}

token_updates() {
	sql latchkey "SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'api_token'"
}

# The postmaster and all that it started, those that ended among them.
postgres_ticks() {
	local postmaster pid
	postmaster=$(head -1 "$PG_DATA/postmaster.pid")
	for pid in "$postmaster" $(pgrep -P "$postmaster"); do
		sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null || true
	done | awk 'NR == 1 { t = $14 + $15 } { t += $12 + $13 } END { print t }'
}

# The threads that run what is scheduled.
writer_ticks() {
	local task
	for task in /proc/"${PID[main]}"/task/*; do
		grep -q -i -e schedul -e last-use "$task/comm" 2>/dev/null || continue
		sed 's/.*) //' "$task/stat" 2>/dev/null || true
	done | awk '{ t += $12 + $13 } END { print t + 0 }'
}
