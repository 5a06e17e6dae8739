# PgBouncer in transaction mode between the nodes and the database. See docs/databases.md for what that needs.

start_pgbouncer() {
	run_as_nobody pgbouncer pgbouncer "$WORK/pgbouncer/ini"
	until_true 30 psql -X -q -h 127.0.0.1 -p $((PORTS + 20)) -U bench -d bounced -c 'SELECT 1' >/dev/null 2>&1 \
		|| fail "PgBouncer does not answer: $(tail -3 "$WORK/pgbouncer.log")"
}

bounced_nodes() {
	local name offset=22
	WAYS=$(jdbc_url bounced $((PORTS + 20)))
	for name in a b; do
		DB_PORT=$((PORTS + 20)) latchkey "$name" $offset bounced \
			--spring.datasource.url="$(jdbc_url bounced $((PORTS + 20)))&prepareThreshold=0" \
			--latchkey.cache.listen-url="jdbc:postgresql://127.0.0.1:$PG_PORT/bounced"
		offset=$((offset + 2))
	done
}

of_pgbouncer() {
	mkdir -p "$WORK/pgbouncer"
	cat >"$WORK/pgbouncer/ini" <<-END
		[databases]
		bounced = host=127.0.0.1 port=$PG_PORT
		[pgbouncer]
		listen_addr = 127.0.0.1
		listen_port = $((PORTS + 20))
		unix_socket_dir =
		auth_type = trust
		auth_file = $WORK/pgbouncer/users
		pool_mode = transaction
		default_pool_size = 8
		server_login_retry = 1
		ignore_startup_parameters = extra_float_digits
	END
	echo '"bench" ""' >"$WORK/pgbouncer/users"
	[[ $(sql postgres "SELECT count(*) FROM pg_database WHERE datname = 'bounced'") == 1 ]] || create_database bounced
	start_pgbouncer
	begin_history bounced bounced_nodes
	begin 'PgBouncer, in transaction mode, is killed and started again'
	[[ $(sql bounced "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'latchkey-listener'") == 2 ]] \
		|| went_wrong 'behind PgBouncer nobody listens'
	kill -9 "${PID[pgbouncer]}"
	wait "${PID[pgbouncer]}" 2>/dev/null || true
	pause 500 3000
	start_pgbouncer
	healed "$BACK"
	begin 'the database behind PgBouncer is killed and started again'
	kill_database
	pause 500 3000
	start_again
	healed "$BACK"
	end_history
	end "${PID[pgbouncer]}"
}
