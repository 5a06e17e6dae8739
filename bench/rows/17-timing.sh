# Row 17: what the time of an answer tells. Each kind is asked on one connection, in turns that are drawn; printed are the
# distributions, and how far two of them are apart. The tokens are in a database of their own, since all are revoked.

row_17() {
	local what one other median apart z logins=400 tokens=5000
	[[ $QUICK == no ]] || logins=20 tokens=500
	(umask 077 && tool tokens --count="$tokens" --out="$WORK/revoked")
	fill_latchkey timing "$WORK/revoked"
	sql timing 'UPDATE api_token SET revoked_at = now()' >/dev/null
	latchkey timing 42 timing --latchkey.limits.sign-in=1000000 --latchkey.limits.sign-in-elsewhere=1000000
	load timing "$WARM_SECONDS" "$WORK/unknown" turn >/dev/null
	timeout 1500 java -Xmx256m -jar "$BENCH/tools/target/tools.jar" timing --port="${PORT[timing]}" --email="$ADMIN_EMAIL" \
		--revoked="$WORK/revoked" --logins="$logins" >"$WORK/timing.tsv" || left_out 17 'the rest of the distributions' 'the timing ended early'
	printf '          %-34s %8s %8s %8s %8s %8s\n' 'microseconds' p5 p25 median p75 p95 >&2
	while IFS=$'\t' read -r what one other median apart z; do
		case $what in
			distribution) printf '          %-34s %s\n' "$one" "$other" >&2 ;;
			same) found 17 "median of $one, of $other, the longer of the shorter" '≤ 1.10' \
				"$median (Kolmogorov-Smirnov D $apart, Mann-Whitney z $z)" '<=' 1.10 ;;
			other) found 17 "median of $one, of $other, the longer of the shorter" '(beside it)' \
				"$median (Kolmogorov-Smirnov D $apart, Mann-Whitney z $z)" - 0 ;;
		esac
	done <"$WORK/timing.tsv"
	stop_server timing
}
