# The micro-benchmarks: single steps, in nanoseconds.

micro_benchmarks() {
	local forks=(-f 2 -wi 3 -w 1 -i 5 -r 1)
	[[ $QUICK == no ]] || forks=(-f 1 -wi 1 -w 1 -i 1 -r 1)
	say 'building the micro-benchmarks'
	(cd "$BENCH" && timeout 1200 "$ROOT/mvnw" -q -B -ntp -DskipTests -P micro -pl micro package) >"$WORK/build.log" 2>&1 \
		|| fail "the build failed: $(tail -20 "$WORK/build.log")"
	say 'running the micro-benchmarks'
	timeout 1200 "$JAVA" -cp "$BENCH/micro/target/classes:$ROOT/target/classes:$BENCH/micro/target/lib/*" org.openjdk.jmh.Main \
		"${forks[@]}" -rf text -rff "$WORK/micro.txt" >"$WORK/micro.log" 2>&1 || say "  they failed: $(tail -3 "$WORK/micro.log")"
}
