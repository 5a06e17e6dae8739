# Row 8: from the command to an answer, beside an application with nothing in it.

# A token by its form.
NO_SUCH_TOKEN=lkp_00000000000000000000000000000000000000000002anijP

row_8() {
	local pair jdk25 java
	latchkey_jar
	for pair in $(seq "$PAIRS"); do
		start_up "$JAVA" latchkey "$pair" -jar "$LATCHKEY_JAR"
		start_up "$JAVA" empty "$pair" -jar "$BENCH/empty-app/target/empty-app.jar"
		command_line listing "$pair" list-tokens --expires-before=2000-01-01T00:00:00Z
		command_line revoking "$pair" revoke-token
	done
	found 8 'start-up to ready, of an empty Spring MVC, Security and JPA application' '≤ 1.5' "$(two "$(start_ratio latchkey empty)") ($(start_median latchkey) s)" \
		'<=' 1.5
	found 8 'list-tokens, from the command to its end, of the start-up to ready' '≤ 0.5' "$(two "$(start_ratio listing latchkey)") ($(start_median listing) s)" '<=' 0.5
	found 8 'revoke-token (by Hibernate), likewise' '≤ 0.5' "$(two "$(start_ratio revoking latchkey)") ($(start_median revoking) s)" '<=' 0.5
	jdk25=$(newest_jdk)
	if [[ -z $jdk25 ]]; then
		left_out 8 'start-up with the AOT cache, of that without' 'no JDK 25 or later'
		return
	fi
	"$jdk25" -Djarmode=tools -jar "$LATCHKEY_JAR" extract --destination "$WORK/extracted" >/dev/null
	java=$(ls "$WORK"/extracted/*.jar)
	(start_environment && timeout 180 "$jdk25" $JVM_FLAGS -XX:AOTCacheOutput="$WORK/latchkey.aot" -Dspring.context.exit=onRefresh \
		-jar "$java" $(start_arguments latchkey)) >"$WORK/aot.log" 2>&1 || say "  the training run failed: $(tail -3 "$WORK/aot.log")"
	for pair in $(seq "$PAIRS"); do
		start_up "$jdk25" aot "$pair" -XX:AOTCache="$WORK/latchkey.aot" -jar "$java"
		start_up "$jdk25" plain "$pair" -jar "$LATCHKEY_JAR"
	done
	found 8 'start-up with the AOT cache (JDK 25), of that without' '≤ 0.5' "$(two "$(start_ratio aot plain)") ($(start_median aot) s)" '<=' 0.5
}

newest_jdk() {
	local java
	for java in $(ls -d /usr/lib/jvm/*/bin/java | sort -rV); do
		if (($("$java" -version 2>&1 | sed -n '1s/[^"]*"\([0-9]*\).*/\1/p') >= 25)); then
			printf '%s' "$java"
			return
		fi
	done
}

start_environment() {
	export SPRING_DATASOURCE_USERNAME=bench SPRING_DATASOURCE_PASSWORD=bench
	SPRING_DATASOURCE_URL=$(jdbc_url "${START_DATABASE:-latchkey}")
	export SPRING_DATASOURCE_URL
}

start_arguments() {
	printf -- '--server.address=127.0.0.1 --server.port=%s --spring.threads.virtual.enabled=true' $((PORTS + 40))
	[[ $1 != latchkey && $1 != aot && $1 != plain ]] || printf -- ' --management.server.port=%s' $((PORTS + 41))
}

# start_up JAVA WHAT PAIR JVM-ARGUMENTS...: seconds until the first answer (of Latchkey: until it is ready), to starts.tsv
start_up() {
	local java=$1 what=$2 pair=$3 begin pid url="http://127.0.0.1:$((PORTS + 40))/readyz" check=answers
	shift 3
	[[ $what != latchkey && $what != aot && $what != plain ]] || check=is_ready
	begin=$(date +%s%N)
	# shellcheck disable=SC2046,SC2086
	(start_environment && exec "$java" $JVM_FLAGS "$@" $(start_arguments "$what")) >"$WORK/start-$what.log" 2>&1 &
	pid=$!
	started "$pid"
	until_true 300 "$check" "$url" || say "  $what is not ready: $(tail -3 "$WORK/start-$what.log")"
	awk -v what="$what" -v pair="$pair" -v t="$(($(date +%s%N) - begin))" \
		'BEGIN { printf "%s\t%s\t%.3f\n", what, pair, t / 1e9 }' >>"$WORK/starts.tsv"
	tail -1 "$WORK/starts.tsv" | awk '{ printf "          start-up of %-10s %6.2f s\n", $1, $3 }' >&2
	end "$pid"
}

# command_line WHAT PAIR WORDS...: seconds that a command takes which finds nothing to do, to starts.tsv
command_line() {
	local what=$1 pair=$2 begin
	shift 2
	begin=$(date +%s%N)
	# shellcheck disable=SC2086
	(start_environment && exec "$JAVA" $JVM_FLAGS -jar "$LATCHKEY_JAR" "$@") >"$WORK/command-$what.log" 2>&1 <<<"$NO_SUCH_TOKEN" || true
	grep -qE '^ID|are not known here' "$WORK/command-$what.log" || say "  $what has failed: $(tail -3 "$WORK/command-$what.log")"
	awk -v what="$what" -v pair="$pair" -v t="$(($(date +%s%N) - begin))" \
		'BEGIN { printf "%s\t%s\t%.3f\n", what, pair, t / 1e9 }' >>"$WORK/starts.tsv"
	tail -1 "$WORK/starts.tsv" | awk '{ printf "          command %-10s    %6.2f s\n", $1, $3 }' >&2
}

start_median() {
	awk -v what="$1" '$1 == what { print $3 }' "$WORK/starts.tsv" | median
}

start_ratio() {
	awk -v a="$1" -v b="$2" '$1 == a { left[$2] = $3 } $1 == b { right[$2] = $3 }
		END { for (pair in left) if (right[pair]) print left[pair] / right[pair] }' "$WORK/starts.tsv" | median
}
