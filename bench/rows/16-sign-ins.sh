# Row 16: ten thousand sign-ins on one account with wrong passwords, from one network and from a thousand, and those who
# must not notice: the holders of good tokens, and the owner of the account.

row_16() {
	local networks pair quiet flooded flood owner
	latchkey signins 40 latchkey --latchkey.security.trusted-proxies=127.0.0.1
	owner=$(sign_in "$ADMIN_PASSWORD" 203.0.113.5)
	[[ $owner == 201 ]] || fail "the owner could not sign in at all: $owner"
	# What a JVM still compiles would be measured as the flood's doing.
	load signins "$WARM_SECONDS" "$WORK/thousand" turn >/dev/null
	sign_ins 1 1000 >/dev/null
	for networks in 1 1000; do
		quiet="good tokens, quiet (before $networks)" flooded="good tokens while sign-ins fail from $networks"
		for pair in $(seq "$PAIRS"); do
			LOAD_CONNECTIONS=4 leg 16 "$quiet" "$pair" good signins "$WORK/thousand" turn
			sign_ins "$networks" $((10000 / PAIRS)) >>"$WORK/signins-$networks" &
			flood=$!
			LOAD_CONNECTIONS=4 leg 16 "$flooded" "$pair" good signins "$WORK/thousand" turn
			wait "$flood"
		done
		found 16 "p99 of good tokens while 10,000 sign-ins fail from $networks networks, of the quiet one" '≤ 1.5' \
			"$(two "$(ratio 16 "$flooded" "$quiet" 6)")" '<=' 1.5
		found 16 "passwords that were compared in them" '(beside it)' \
			"$(awk '$1 == 422 { n += $2 } { all += $2 } END { print n + 0 " of " all }' "$WORK/signins-$networks")" - 0
		found 16 "the owner signs in meanwhile, from a network that is known" '201' "$(sign_in "$ADMIN_PASSWORD" 203.0.113.5)" '=' 201
	done
	stop_server signins
}

# sign_ins NETWORKS COUNT: prints a status and how often it came, a line each
sign_ins() {
	tool sign-ins --port="${PORT[signins]}" --email="$ADMIN_EMAIL" --networks="$1" --count="$2" --threads=8
}

# sign_in PASSWORD ADDRESS: the status
sign_in() {
	curl -s -o /dev/null -w '%{http_code}' --max-time 30 -H 'Content-Type: application/json' -H "X-Forwarded-For: $2" \
		"http://127.0.0.1:${PORT[signins]}/api/login" \
		-d "{\"email\":\"$ADMIN_EMAIL\",\"password\":\"$1\",\"token_name\":\"bench\",\"scopes\":[\"user:read\"]}"
}
