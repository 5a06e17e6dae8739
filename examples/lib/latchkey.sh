# What the examples' scripts have in common; a try.sh sources it. It gives a directory "work", and a Latchkey in demo mode at
# LATCHKEY_URL, started for the time being where none is named. What is in "started" by its process id ends with the script. Needs
# curl and a JDK.

. "$(dirname "${BASH_SOURCE[0]}")/checks.sh"

work=$(mktemp -d)
started=()

stop() {
	[ -n "$1" ] || return 0
	kill "$1" 2>/dev/null
	wait "$1" 2>/dev/null
	unset "started[$1]"
}

clean_up() {
	local process
	for process in "${!started[@]}"; do
		stop "$process"
	done
	rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# Waits until something answers there.
answers() {
	local i
	for ((i = 0; i < ${2:-100}; i++)); do
		! curl -s -o /dev/null --max-time 5 "$1" || return 0
		sleep 0.1
	done
	return 1
}

# Free now; who takes one in the meantime is met by a failure.
port() {
	local candidate
	while :; do
		candidate=$((20000 + RANDOM % 12000))
		(exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || { echo "$candidate"; return; }
	done
}

# Prints a field of a JSON answer.
field() {
	sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

if [ -z "${LATCHKEY_URL:-}" ]; then
	(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && exec ./mvnw -B -ntp -q spring-boot:run \
		"-Dspring-boot.run.arguments=--server.port=0 --management.server.port=0 --latchkey.demo.directory=$work/demo") \
		>"$work/latchkey.log" 2>&1 &
	latchkey=$!
	started[latchkey]=yes
	for ((i = 0; i < 600; i++)); do
		LATCHKEY_URL=$(sed -n 's/^Latchkey is ready at \(http:[^ ]*\).*/\1/p' "$work/latchkey.log")
		[ -z "$LATCHKEY_URL" ] || break
		kill -0 "$latchkey" 2>/dev/null || { cat "$work/latchkey.log"; exit 1; }
		sleep 0.5
	done
fi
LATCHKEY_URL=${LATCHKEY_URL%/}
answers "$LATCHKEY_URL/readyz" || { echo "There is no Latchkey at $LATCHKEY_URL"; exit 1; }
