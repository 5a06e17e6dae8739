# Three PostgreSQLs that Patroni leads, with etcd and HAProxy, all on this machine: the primary dies, a standby takes over.

CLUSTER_MEMBERS=(one two three)

# rest NAME: the port at which Patroni says what its PostgreSQL is
rest() {
	case $1 in one) echo $((PORTS + 41)) ;; two) echo $((PORTS + 42)) ;; three) echo $((PORTS + 43)) ;; esac
}

start_etcd() {
	local client=http://127.0.0.1:$((PORTS + 30)) peer=http://127.0.0.1:$((PORTS + 31))
	run_as_nobody etcd etcd --name etcd --data-dir "$WORK/cluster/etcd" --listen-client-urls "$client" \
		--advertise-client-urls "$client" --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" \
		--initial-cluster "etcd=$peer"
	until_true 60 is_ready "$client/health" || fail "etcd is not well: $(tail -3 "$WORK/etcd.log")"
}

# The times are the shortest that Patroni takes.
start_member() {
	local port
	port=$(rest "$1")
	cat >"$WORK/cluster/$1.yml" <<-END
		scope: latchkey
		name: $1
		restapi: {listen: '127.0.0.1:$port', connect_address: '127.0.0.1:$port'}
		etcd3: {host: '127.0.0.1:$((PORTS + 30))'}
		bootstrap:
		  dcs:
		    ttl: 20
		    loop_wait: 2
		    retry_timeout: 8
		    synchronous_mode: true
		    postgresql:
		      use_pg_rewind: true
		      parameters: {max_connections: 100, wal_log_hints: 'on', synchronous_commit: 'on', wal_keep_size: 512MB}
		  initdb: [{encoding: UTF8}, {locale: C}, {auth-host: trust}, {auth-local: trust}]
		postgresql:
		  listen: 127.0.0.1:$((port + 10))
		  connect_address: 127.0.0.1:$((port + 10))
		  data_dir: $WORK/cluster/$1
		  bin_dir: $PG_BIN
		  pgpass: $WORK/cluster/$1.pgpass
		  authentication:
		    superuser: {username: bench, password: bench}
		    replication: {username: standby, password: standby}
		  parameters: {unix_socket_directories: ''}
		  pg_hba: ['host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust']
	END
	run_as_nobody "$1" patroni "$WORK/cluster/$1.yml"
}

start_haproxy() {
	local name
	{
		cat <<-END
			defaults
			  mode tcp
			  timeout connect 2s
			  timeout client 10m
			  timeout server 10m
			listen primary
			  bind 127.0.0.1:$((PORTS + 40))
			  option httpchk GET /primary
			  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
		END
		for name in "${CLUSTER_MEMBERS[@]}"; do
			printf '  server %s 127.0.0.1:%s check port %s\n' "$name" $(($(rest "$name") + 10)) "$(rest "$name")"
		done
	} >"$WORK/haproxy.cfg"
	haproxy -db -f "$WORK/haproxy.cfg" >>"$WORK/haproxy.log" 2>&1 &
	PID[haproxy]=$!
	started $!
}

# primary: the name of the member that is it now
primary() {
	local name
	for name in "${CLUSTER_MEMBERS[@]}"; do
		! is_ready "http://127.0.0.1:$(rest "$name")/primary" || { echo "$name"; return; }
	done
	return 1
}

# Two standbys that follow, and one of them holds all that is acknowledged.
all_follow() {
	local name members
	name=$(primary) || return 1
	members=$(curl -s --max-time 2 "http://127.0.0.1:$(rest "$name")/cluster" \
		| jq '[.members[] | select((.role == "replica" or .role == "sync_standby") and (.state == "running" or .state == "streaming"))] | length')
	[[ $members == 2 ]] && [[ -n $(sql postgres 'SHOW synchronous_standby_names' 2>/dev/null) ]]
}

another_is_primary() {
	local name
	name=$(primary) && [[ $name != "$1" ]]
}

nodes_of_the_cluster() {
	WAYS=$(jdbc_url failover)
	latchkey a 60 failover
	latchkey b 62 failover
}

of_failover() {
	local PG_PORT=$((PORTS + 40)) name old i
	mkdir -p "$WORK/cluster"
	[[ $(id -u) != 0 ]] || chown nobody: "$WORK/cluster"
	start_etcd
	for name in "${CLUSTER_MEMBERS[@]}"; do
		CLUSTERS+=("$WORK/cluster/$name")
		start_member "$name"
	done
	start_haproxy
	until_true 180 all_follow || fail "the cluster is not well: $(tail -3 "$WORK/one.log")"
	create_database failover
	begin_history failover nodes_of_the_cluster
	for i in 1 2 3; do
		old=$(primary)
		begin 'the primary of a Patroni cluster is killed, a standby takes over'
		kill_member "$old"
		until_true 120 another_is_primary "$old" || fail 'no standby took over'
		until_true 60 sql postgres 'SELECT 1' >/dev/null 2>&1 || fail 'HAProxy does not find the primary'
		say "  $old died, $(primary) took over"
		healed "$BACK_ELSEWHERE"
		start_member "$old"
		until_true 180 all_follow || fail "$old does not follow: $(tail -3 "$WORK/$old.log")"
	done
	end_history
	for name in haproxy "${CLUSTER_MEMBERS[@]}" etcd; do
		end "${PID[$name]}"
	done
	unmount_disk
	rm -rf "$WORK/cluster"
}

# As when the machine dies: Patroni first, or it would start its PostgreSQL again.
kill_member() {
	local PG_DATA=$WORK/cluster/$1
	kill -9 "${PID[$1]}"
	wait "${PID[$1]}" 2>/dev/null || true
	kill_database
}
