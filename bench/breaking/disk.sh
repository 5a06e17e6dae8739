# A database of its own whose disk, a small one in memory, has no room left.

DISK=''
CLUSTERS=()

# another_database PORT DIRECTORY [ARGUMENTS OF INITDB...]: sets PG_PORT and PG_DATA, which are the caller's
another_database() {
	PG_PORT=$1 PG_DATA=$2
	shift 2
	[[ $(id -u) != 0 ]] || chown nobody: "$PG_DATA"
	as_postgres "$PG_BIN/initdb" -D "$PG_DATA" -U bench -A trust -E UTF8 --locale=C --wal-segsize=1 "$@" >"$WORK/initdb.log" \
		|| fail "no database: $(tail -3 "$WORK/initdb.log")"
	printf '%s\n' "port = $PG_PORT" "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" \
		'max_wal_size = 16MB' 'min_wal_size = 2MB' 'shared_buffers = 32MB' >>"$PG_DATA/postgresql.conf"
	CLUSTERS+=("$PG_DATA")
	start_again
}

# mount_disk MEGABYTES: into DISK; false where that may not be done
mount_disk() {
	DISK=$WORK/disk
	mkdir -p "$DISK"
	mount -t tmpfs -o "size=$1m,mode=0777" tmpfs "$DISK" 2>/dev/null || { DISK=''; return 1; }
}

# Ends the databases that stand on it, and every other that was started beside the first.
unmount_disk() {
	local data
	for data in "${CLUSTERS[@]}"; do
		[[ ! -e $data/postmaster.pid ]] || as_postgres "$PG_BIN/pg_ctl" -D "$data" -m immediate -w stop >/dev/null 2>&1 || true
	done
	CLUSTERS=()
	[[ -z $DISK ]] || umount "$DISK" || true
	DISK=''
}

nodes_of_the_disk() {
	WAYS=$(jdbc_url filled)
	latchkey a 12 filled
	latchkey b 14 filled
}

# full LABEL [COMMAND]: until there is room again; a database that has given up is started again, as an operator would. The
# command uses up what the database has in reserve.
full() {
	local before
	create_database filled
	begin_history filled nodes_of_the_disk
	begin "$1"
	before=$(sql filled 'SELECT count(*) FROM api_token')
	dd if=/dev/zero of="$DISK/filler" bs=64k 2>/dev/null || true
	"${2:-true}"
	long_enough
	rm "$DISK/filler"
	if ! sql filled 'SELECT 1' >/dev/null 2>&1; then
		start_again
	fi
	healed "$BACK"
	(($(cut -f 10 <<<"$ROW") > 0)) || went_wrong "$1: nothing came of it"
	say "  $(($(sql filled 'SELECT count(*) FROM api_token') - before)) tokens were made"
	end_history
	unmount_disk
}

of_disk_full() {
	local PG_PORT PG_DATA
	if ! mount_disk 96; then
		went_wrong 'no disk can be mounted here: run as root'
		return
	fi
	mkdir "$DISK/data" "$WORK/log-of-disk-full"
	[[ $(id -u) != 0 ]] || chown nobody: "$WORK/log-of-disk-full"
	another_database $((PORTS + 10)) "$DISK/data" --waldir="$WORK/log-of-disk-full"
	full "the database's disk is full"
	rm -rf "$WORK/log-of-disk-full"
}

# Segments of the log that were written once are written again, and until then many a token is made.
use_up_the_log() {
	sql filled "SELECT pg_logical_emit_message(true, 'filler', repeat('x', 1000000)) FROM generate_series(1, 40)" >/dev/null 2>&1 || true
}

of_log_full() {
	local PG_PORT PG_DATA
	if ! mount_disk 48; then
		went_wrong 'no disk can be mounted here: run as root'
		return
	fi
	mkdir "$DISK/log" "$WORK/data-of-log-full"
	[[ $(id -u) != 0 ]] || chown nobody: "$DISK/log"
	another_database $((PORTS + 11)) "$WORK/data-of-log-full" --waldir="$DISK/log"
	full "the disk of the database's log is full" use_up_the_log
	rm -rf "$WORK/data-of-log-full"
}
