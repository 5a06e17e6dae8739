# Saying what happens, starting processes and ending exactly those.

declare -A PID PORT
STARTED=()

say() {
	printf '%s  %s\n' "$(date +%T)" "$*" >&2
}

fail() {
	printf '%s: %s\n' "$0" "$*" >&2
	exit 1
}

# started PID: to be ended when the run is over
started() {
	STARTED+=("$1")
}

# end PID: politely, then for certain
end() {
	kill -CONT "$1" 2>/dev/null || return 0
	kill "$1" 2>/dev/null || return 0
	for _ in $(seq 150); do
		kill -0 "$1" 2>/dev/null || return 0
		sleep 0.1
	done
	kill -9 "$1" 2>/dev/null || true
}

clean_up() {
	local pid
	for pid in "${STARTED[@]}"; do
		end "$pid"
	done
	stop_database
	if [[ $KEEP == yes ]]; then
		say "left in $WORK"
	else
		rm -rf "$WORK"
	fi
}

# until_true SECONDS COMMAND...: false when it did not come true in time
until_true() {
	local deadline=$((SECONDS + $1))
	shift
	until "$@"; do
		((SECONDS < deadline)) || return 1
		sleep 0.05
	done
}

# answers URL: whether it answers at all, with whatever status
answers() {
	curl -s -o /dev/null --max-time 2 "$1"
}

# is_ready URL: whether it answers 200
is_ready() {
	curl -sf -o /dev/null --max-time 2 "$1"
}

# is_open PORT: whether somebody listens there
is_open() {
	(: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
