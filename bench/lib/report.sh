# What was found, as a table: on the screen and in a file.

# found ROW WHAT TARGET VALUE COMPARISON LIMIT: COMPARISON is >=, <= or =, or - where nothing was to be reached
found() {
	local reached=''
	if [[ $5 != - ]]; then
		reached=$(awk -v value="${4%% *}" -v limit="$6" -v op="$5" \
			'BEGIN { print (value == "nan") ? "not measured" : (op == ">=" ? value >= limit : op == "=" ? value == limit : value <= limit) ? "yes" : "**no**" }')
	fi
	printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$reached" >>"$WORK/found.tsv"
	say "  $2: $4 ${reached:+(to reach: $3; reached: $reached)}"
}

# left_out ROW WHAT WHY
left_out() {
	printf '%s\t%s\t\t%s\t%s\n' "$1" "$2" "$3" "not measured" >>"$WORK/found.tsv"
	say "  $2: not measured, $3"
}

two() {
	printf '%.2f' "$1"
}

whole() {
	printf '%.0f' "$1"
}

commit() {
	local commit
	commit=$(git -C "$ROOT" rev-parse --short HEAD 2>/dev/null) || commit='no repository'
	git -C "$ROOT" diff --quiet HEAD -- . ':!bench/results.md' 2>/dev/null || commit+=', with changes'
	printf '%s' "$commit"
}

# After each row, so that a run that ends early leaves what it found.
write_report() {
	report >"$WORK/results.md"
	[[ -z $OUT ]] || cp "$WORK/results.md" "$OUT"
}

report() {
	cat <<-END
		# Measured

		| | |
		|---|---|
		| date | $(date -u +'%Y-%m-%d %H:%M') UTC |
		| commit | $(commit) |
		| machine | $(nproc) cores of $(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GB, Linux $(uname -r | cut -d. -f1,2) |
		| load of the machine when this was written | $(cut -d ' ' -f 1-3 /proc/loadavg) |
		| Java | $(sed -n '2s/^ *//p' "$WORK/java-version") |
		| JVM flags, all servers alike | \`$JVM_FLAGS\` |
		| database | $("$PG_BIN/postgres" --version), fsync and synchronous_commit on |
		| tokens in the table | $POPULATION (ten an owner) |
		| load | wrk on the same machine, one thread, $CONNECTIONS connections, $SECONDS_A_LEG s a leg |
		| each number | the median of $PAIRS legs; a ratio is the median of the ratios of $PAIRS interleaved pairs |

		## To reach

		| row | what | target | measured | reached |
		|---|---|---|---|---|
	END
	[[ ! -s $WORK/found.tsv ]] || sort -s -t "$(printf '\t')" -k 1,1n "$WORK/found.tsv" \
		| awk -F '\t' '{ printf "| %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, $5 }'
	if [[ -s $WORK/legs.tsv ]]; then
		printf '\n## Legs\n\nCPU is that of the server process alone.\n\n'
		printf '| row | what | requests/s | p50 ms | p99 ms | CPU µs a request |\n|---|---|--:|--:|--:|--:|\n'
		cut -f 1,2 "$WORK/legs.tsv" | awk '!seen[$0]++' | sort -s -t "$(printf '\t')" -k 1,1n | while IFS=$'\t' read -r row label; do
			awk -v row="$row" -v label="$label" -v rate="$(value "$row" "$label" 4)" -v p50="$(value "$row" "$label" 5)" \
				-v p99="$(value "$row" "$label" 6)" -v cpu="$(value "$row" "$label" 7)" \
				'BEGIN { printf "| %s | %s | %d | %.2f | %.2f | %.1f |\n", row, label, rate, p50 / 1000, p99 / 1000, cpu }'
		done
	fi
	if [[ -s $WORK/micro.txt ]]; then
		printf '\n## Micro-benchmarks (JMH, average time)\n\n```\n%s\n```\n' "$(cat "$WORK/micro.txt")"
	fi
}
