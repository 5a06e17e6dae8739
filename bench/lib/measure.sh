# Legs and medians. A leg is one run of wrk; each adds a line to legs.tsv:
# row, label, pair, requests a second, p50 and p99 in microseconds, CPU of the server in microseconds a request, refused, failed

CONNECTIONS=32
TICK=$(getconf CLK_TCK)

# cpu_ticks PID: user and system time; the name may hold blanks, so count from its closing parenthesis
cpu_ticks() {
	sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'
}

# load SERVER SECONDS FILE ORDER [PATH]: one run of wrk, its summary line
load() {
	timeout $(($2 + 30)) wrk -t1 -c"${LOAD_CONNECTIONS:-$CONNECTIONS}" -d"$2s" --timeout 10s -s "$BENCH/lua/requests.lua" \
		"http://127.0.0.1:${PORT[$1]}${5:-/api/user}" -- "$3" "$4" | grep '^LEG' || fail "wrk said nothing about $1"
}

# leg ROW LABEL PAIR EXPECT SERVER FILE ORDER [PATH]: EXPECT is good (nothing refused), bad (everything) or any
leg() {
	local row=$1 label=$2 pair=$3 expect=$4 server=$5 before after line
	before=$(cpu_ticks "${PID[$server]}")
	line=$(load "$server" "$SECONDS_A_LEG" "${@:6}")
	after=$(cpu_ticks "${PID[$server]}")
	# shellcheck disable=SC2034
	local requests micros p50 p99 max refused failed
	eval "local ${line#LEG }"
	if ((requests == 0)); then
		say "  $label: nothing was answered: this leg does not count"
		return
	fi
	if [[ $expect == good && $refused != 0 || $expect == bad && $refused != "$requests" ]]; then
		say "  $label: $refused of $requests refused, which is wrong: this leg does not count"
		return
	fi
	awk -v OFS='\t' -v row="$row" -v label="$label" -v pair="$pair" -v n="$requests" -v us="$micros" -v p50="$p50" -v p99="$p99" \
		-v cpu="$((after - before))" -v tick="$TICK" -v refused="$refused" -v failed="$failed" \
		'BEGIN { print row, label, pair, n * 1e6 / us, p50, p99, cpu * 1e6 / tick / n, refused, failed }' >>"$WORK/legs.tsv"
	tail -1 "$WORK/legs.tsv" | awk -F '\t' '{ printf "          %-34s %8.0f/s  p50 %6d us  p99 %7d us  %6.1f us CPU\n", $2, $4, $5, $6, $7 }' >&2
}

# warm_up LEG...: in rounds, so that what a JVM still compiles after its turn is not measured as somebody else's. Two at least, and others
# for as long as a request costs one of the servers a tenth less than the round before: what is large takes longer to compile
warm_up() {
	local round spec label expect server file order path before line cost settled
	local -A last=()
	for round in 1 2 3 4 5 6; do
		settled=yes
		for spec; do
			IFS='|' read -r label expect server file order path <<<"$spec"
			before=$(cpu_ticks "${PID[$server]}")
			line=$(load "$server" $((WARM_SECONDS / 2)) "$file" "$order" "$path")
			cost=$(awk -v ticks=$(($(cpu_ticks "${PID[$server]}") - before)) -v line="$line" \
				'BEGIN { match(line, /requests=[0-9]+/); n = substr(line, RSTART + 9, RLENGTH - 9); print n ? 1e6 * ticks / n : 0 }')
			awk -v cost="$cost" -v last="${last[$label]:-1e9}" 'BEGIN { exit !(cost < 0.9 * last) }' && settled=no
			last[$label]=$cost
		done
		if ((round > 1)) && [[ $settled == yes ]]; then
			break
		fi
	done
}

# interleaved ROW LEG...: each LEG is "label|expect|server|file|order|path"; first warmed up, then A B A B ...
interleaved() {
	local row=$1 spec pair label expect server file order path
	shift
	warm_up "$@"
	for pair in $(seq "$PAIRS"); do
		for spec; do
			IFS='|' read -r label expect server file order path <<<"$spec"
			leg "$row" "$label" "$pair" "$expect" "$server" "$file" "$order" ${path:+"$path"}
		done
	done
}

# median: of the numbers on standard input
median() {
	sort -g | awk '{ v[NR] = $1 } END { if (NR) print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2; else print "nan" }'
}

# value ROW LABEL COLUMN: the median over the pairs; columns as above (4 requests/s, 5 p50, 6 p99, 7 CPU)
value() {
	awk -F '\t' -v row="$1" -v label="$2" -v column="$3" '$1 == row && $2 == label { print $column }' "$WORK/legs.tsv" | median
}

# ratio ROW LABEL OTHER COLUMN: the median of the pairs' own ratios, which the machine's drift leaves alone
ratio() {
	awk -F '\t' -v row="$1" -v a="$2" -v b="$3" -v column="$4" '
		$1 == row && $2 == a { left[$3] = $column }
		$1 == row && $2 == b { right[$3] = $column }
		END { for (pair in left) if (right[pair] > 0) print left[pair] / right[pair] }' "$WORK/legs.tsv" | median
}
