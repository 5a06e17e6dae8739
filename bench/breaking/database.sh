# What happens to the database, and on the way to it.

postmaster() {
	head -1 "$PG_DATA/postmaster.pid"
}

start_again() {
	until_true 60 as_postgres "$PG_BIN/pg_ctl" -D "$PG_DATA" -l "$PG_DATA/log" -w -t 60 start >"$WORK/pg_ctl.log" 2>&1 \
		|| fail "PostgreSQL does not start again: $(tail -3 "$PG_DATA/log")"
}

kill_database() {
	local main children
	main=$(postmaster)
	children=$(pgrep -P "$main")
	signal_all KILL "$main $children"
}

of_primary_killed() {
	begin 'the database is killed (SIGKILL) and started again'
	kill_database
	pause 1000 4000
	start_again
	healed "$BACK"
}

of_backends_frozen() {
	local frozen
	begin "the database's processes that serve the nodes freeze"
	frozen=$(backends)
	signal_all STOP "$frozen"
	long_enough
	signal_all CONT "$frozen"
	healed "$BACK"
}

of_postmaster_frozen() {
	local frozen
	begin 'the whole database freezes'
	frozen="$(postmaster) $(backends)"
	signal_all STOP "$frozen"
	long_enough
	signal_all CONT "$frozen"
	healed "$BACK"
}

of_network_swallowed() {
	begin 'the network to the database swallows everything'
	kill -STOP "${PID[proxy]}"
	long_enough
	kill -CONT "${PID[proxy]}"
	healed "$BACK"
}

of_name_gone() {
	begin "the database's name does not resolve, and its connections end"
	name_of_the_database
	sql postgres "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'faults'" >/dev/null
	long_enough
	name_of_the_database 127.0.0.1
	healed "$BACK"
}

