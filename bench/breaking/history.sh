# The load with its judge (bench/tools, FaultHistory), which runs beside and is led by lines; what each fault was counted
# with; and how nodes are started for it.

USUAL='' DRAWN='' ROW='' WAYS=''

# Within how many seconds all is well once the database is back, and once it is back as another server.
BACK=5 BACK_ELSEWHERE=10
ORDER=()

install_what_breaks() {
	local package missing=()
	[[ -n $(debians_postgres) ]] || missing+=(postgresql)
	for package in pgbouncer:pgbouncer failover:patroni failover:etcd-server failover:haproxy failover:python3-etcd \
		clock:libfaketime; do
		[[ $FAULTS != *${package%:*}* ]] || dpkg -s "${package#*:}" >/dev/null 2>&1 || missing+=("${package#*:}")
	done
	# They are started here alone, by this script, and not by their packages.
	RUNLEVEL=1 install_tools "${missing[@]}"
}

build_what_is_broken() {
	say "building Latchkey"
	(cd "$ROOT" && timeout 1200 ./mvnw -q -B -ntp -DskipTests package) >"$WORK/build.log" 2>&1 \
		|| fail "the build failed: $(tail -20 "$WORK/build.log")"
}

# What the history is kept with, if it is not there or has changed.
build_what_judges() {
	local jar=$BENCH/tools/target/tools.jar
	[[ ! -e $jar || -n $(find "$BENCH/tools/src" -newer "$jar" -print -quit) ]] || return 0
	say "building the judge"
	(cd "$BENCH" && timeout 600 "$ROOT/mvnw" -q -B -ntp -DskipTests -pl tools -am package) >"$WORK/build.log" 2>&1 \
		|| fail "the build failed: $(tail -20 "$WORK/build.log")"
}

# A run may take long: a build meanwhile must not change what runs.
keep_jars() {
	LATCHKEY_JAR=$JAR
	latchkey_jar
	cp "$LATCHKEY_JAR" "$WORK/latchkey.jar"
	cp "$BENCH/tools/target/tools.jar" "$WORK/tools.jar"
	LATCHKEY_JAR=$WORK/latchkey.jar
}

# The newest that Debian has, which is the oldest that Latchkey runs on; it has all that a standby needs, too.
debians_postgres() {
	find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1
}

fetch_postgres() {
	PG_BIN=$(debians_postgres)
}

end_all() {
	end_history
	unmount_disk
	PG_DATA=$WORK/postgres
	clean_up
}

# run_as_nobody NAME COMMAND...: in the background; PostgreSQL refuses root
run_as_nobody() {
	local name=$1
	shift
	if [[ $(id -u) == 0 ]]; then
		(cd / && exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$@") >>"$WORK/$name.log" 2>&1 &
	else
		"$@" >>"$WORK/$name.log" 2>&1 &
	fi
	PID[$name]=$!
	started $!
}

# draw LOW HIGH: a number into DRAWN. Not in a subshell, which would draw from another seed.
draw() {
	DRAWN=$(($1 + RANDOM % ($2 - $1 + 1)))
}

shuffled() {
	local i swap
	IFS=, read -r -a ORDER <<<"$FAULTS"
	for ((i = ${#ORDER[@]} - 1; i > 0; i--)); do
		draw 0 "$i"
		swap=${ORDER[i]} ORDER[i]=${ORDER[DRAWN]} ORDER[DRAWN]=$swap
	done
}

# pause LOW HIGH: milliseconds; while a fault lasts and before it comes
pause() {
	draw "$1" "$2"
	sleep "$((DRAWN / 1000)).$(printf '%03d' $((DRAWN % 1000)))"
}

# long_enough: longer than any node believes what it has; shorter where time is short
long_enough() {
	if [[ $SHORTLY == yes ]]; then
		pause 3000 4000
	else
		pause 8000 12000
	fi
}

# begin_history DATABASE NODES: starts the nodes by that function, which says in WAYS by which addresses they reach the
# database, and the load on nodes a and b
begin_history() {
	end_history
	"$2"
	(umask 077 && admin_token "${PORT[a]}" >"$WORK/admin")
	coproc HISTORY { exec java -Xmx256m -jar "$WORK/tools.jar" faults --seed="$SEED" \
		--ports="${PORT[a]},${PORT[b]}" --url="$(jdbc_url "$1")" --ways="$WAYS" --admin-token-file="$WORK/admin"; }
	exec {TO}>&"${HISTORY[1]}" {FROM}<&"${HISTORY[0]}"
	PID[history]=$HISTORY_PID
	started "$HISTORY_PID"
}

# Its end of the line is closed, upon which it ends.
end_history() {
	local name
	USUAL=''
	if [[ -n ${PID[history]:-} ]]; then
		exec {TO}>&- {FROM}<&-
		kill "${PID[history]}" 2>/dev/null || true
		unset "PID[history]"
	fi
	for name in a b; do
		stop_server "$name"
	done
}

# lead LINE: says it to the history, and puts its answer into ROW
lead() {
	printf '%s\n' "$1" >&"$TO" || fail "the history is over"
	read -r -t 400 ROW <&"$FROM" || fail "the history does not answer to: $1"
}

begin() {
	lead "begin $1"
	[[ $ROW == steady ]] || fail "$1: $ROW"
	pause 500 2000
}

# healed [SECONDS]: within how many all has to be well; without, nothing is promised but that it is well again
healed() {
	lead healed
	printf '%s\t%s\n' "$ROW" "${1:-}" >>"$WORK/rows.tsv"
	awk -F '\t' '{ printf "          requests %s, accepted late %s, refused though good %s, lost %s, by halves %s, 500 %s, well after %s s\n",
		$2, $5, $6, $7, $8, $9, $12 }' <<<"$ROW" >&2
}

# went_wrong WHAT: what no request shows
went_wrong() {
	say "  WRONG: $*"
	printf '%s\n' "$*" >>"$WORK/wrong"
}

# usually NODES: for faults that bring no database of their own; that function starts the nodes
usually() {
	if [[ $USUAL != "$1" ]]; then
		begin_history faults "$1"
		USUAL=$1
	fi
}

# Node a has the database beside it; node b reaches it by a name and through a proxy.
usual_nodes() {
	name_of_the_database 127.0.0.1
	usual_ways
	latchkey a 2 faults
	latchkey_b
}

usual_ways() {
	WAYS=$(jdbc_url faults),$(jdbc_url faults $((PORTS + 1)))
}

# latchkey_b [ARGUMENTS...]
latchkey_b() {
	local proxy=$((PORTS + 1))
	if ! is_running proxy; then
		java -Xmx64m -jar "$WORK/tools.jar" proxy --listen="$proxy" --target="$PG_PORT" >"$WORK/proxy.log" 2>&1 &
		PID[proxy]=$!
		started $!
		until_true 60 is_open "$proxy" || fail "the proxy does not listen: $(tail -3 "$WORK/proxy.log")"
	fi
	JVM_FLAGS="$JVM_FLAGS -Djdk.net.hosts.file=$WORK/hosts" latchkey b 4 faults \
		--spring.datasource.url="jdbc:postgresql://database.test:$proxy/faults?user=bench" "$@"
}

# name_of_the_database [ADDRESS]: without, nobody knows it
name_of_the_database() {
	{
		echo 127.0.0.1 localhost
		[[ -z ${1:-} ]] || echo "$1" database.test
	} >"$WORK/hosts.new"
	mv "$WORK/hosts.new" "$WORK/hosts"
}

# backends [WHERE]: the processes that serve the nodes
backends() {
	sql postgres "SELECT pid FROM pg_stat_activity WHERE datname = 'faults' AND backend_type = 'client backend' ${1:-}"
}

signal_all() {
	local pid
	for pid in $2; do
		kill "-$1" "$pid" 2>/dev/null || true
	done
}

# The bound stands beside the time.
table() {
	cat <<-END
		| fault | requests | accepted after the bound | refused though good | lost after acknowledgement | made by halves | 500 | 503 | no answer | longest time to well, s (of at most) |
		|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
	END
	awk -F '\t' -v OFS='\t' '
		!($1 in n) { order[++count] = $1 }
		{ n[$1]++; for (i = 2; i <= 11; i++) sum[$1, i] += $i; if (!($1 in well) || $12 == "not well" || $12 + 0 > well[$1] + 0 && well[$1] != "not well") well[$1] = $12; most[$1] = $14 }
		END { for (i = 1; i <= count; i++) { f = order[i]
			printf "| %s%s | %d | %d | %d | %d | %d | %d | %d | %d | %s%s |\n", f, (n[f] > 1 ? ", " n[f] " times" : ""), sum[f, 2],
				sum[f, 5], sum[f, 6], sum[f, 7], sum[f, 8], sum[f, 9], sum[f, 10], sum[f, 11], well[f],
				(most[f] != "" ? " (" most[f] ")" : "") } }' "$WORK/rows.tsv"
}

nothing_was_broken() {
	[[ ! -s $WORK/wrong ]] || { cat "$WORK/wrong" >&2; return 1; }
	awk -F '\t' '$5 + $6 + $7 + $8 + $9 > 0 || $12 == "not well" { bad = 1; print "not as it must be: " $1 > "/dev/stderr" }
		$14 != "" && $12 + 0 > $14 + 0 { bad = 1; print "well only after " $12 " s, of at most " $14 ": " $1 > "/dev/stderr" }
		END { exit bad }' "$WORK/rows.tsv"
}
