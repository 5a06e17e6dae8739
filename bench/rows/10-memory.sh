# Row 10: peak resident memory under the load of row 1.

row_10() {
	if [[ -z $MEMORY ]]; then
		latchkey main 10 latchkey
		load main $((WARM_SECONDS + PAIRS * SECONDS_A_LEG)) "$WORK/thousand" turn >/dev/null
		MEMORY=$(peak_memory main)
	fi
	found 10 'peak resident memory under the load of row 1' '≤ 400 MB' "$MEMORY MB" '<=' 400
}
