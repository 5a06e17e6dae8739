# What is shown of every proxy. A try.sh sets "proxy" and "files", defines "run_proxy", and sources this; it needs curl
# and a JDK. Latchkey is the one at LATCHKEY_URL, or one that is started for the time being (lib/latchkey.sh).
#
# The files of the example are copied, with free ports in the place of those that stand in them.

here=$(pwd)
server=
. ../../lib/latchkey.sh

service_port=$(port)
undecided_port=$(port)
nobody_port=$(port)

java -XX:TieredStopAtLevel=1 ../Upstream.java "$service_port" "$undecided_port" >"$work/upstream.log" 2>&1 &
started[$!]=yes
answers "http://127.0.0.1:$undecided_port/" 300 || { cat "$work/upstream.log"; exit 1; }

# Starts the proxy in front of the service, with this Latchkey (host:port).
start() {
	stop "$server"
	proxy_port=$(port)
	rm -rf "$work/proxy"
	mkdir "$work/proxy"
	for file in $files; do
		sed -e "s/127\.0\.0\.1:8080/$1/g" -e "s/127\.0\.0\.1:9000/127.0.0.1:$service_port/g" \
			-e "s/127\.0\.0\.1:8088/127.0.0.1:$proxy_port/g" -e "s/port_value: 8080/port_value: ${1##*:}/g" \
			-e "s/port_value: 9000/port_value: $service_port/g" -e "s/port_value: 8088/port_value: $proxy_port/g" \
			"$file" >"$work/proxy/$file"
	done
	cd "$work/proxy" || exit 1
	run_proxy >"$work/proxy.log" 2>&1 &
	server=$!
	started[server]=yes
	cd "$here" || exit 1
	answers "http://127.0.0.1:$proxy_port/none" || { echo "$proxy did not start:"; cat "$work/proxy.log"; exit 1; }
}

# Makes a token of the demo's user: its scopes, a JSON list, and further fields.
login=$(curl -s "$LATCHKEY_URL/api/login" -H 'Content-Type: application/json' -d '{"email":"test@latchkey.dev",
"password":"latchkey-user","token_name":"proxies","scopes":["tokens:write","orders:read","user:read"]}' | field token)
token() {
	curl -s "$LATCHKEY_URL/api/tokens" -H "Authorization: Bearer $login" -H 'Content-Type: application/json' \
		-d "{\"name\":\"proxies\",\"scopes\":$1,\"expires_in_days\":1${2:-}}" | field token | tee -a "$work/made"
}

# Sends a request and keeps what comes back.
send() {
	local path=$1
	shift
	status=$(curl -s -o "$work/body" -D "$work/headers" -w '%{http_code}' --path-as-is --max-time 20 "$@" \
		"http://127.0.0.1:$proxy_port$path")
}

# Prints a header of the answer.
header() {
	tr -d '\r' <"$work/headers" | sed -n "s/^$1: //Ip" | head -n 1
}

# Prints a header that the service has seen.
seen() {
	sed -n "s/^$1: //p" "$work/body"
}

show() {
	local good weak slow address=${LATCHKEY_URL#http://}
	good=$(token '["orders:read"]')
	weak=$(token '["user:read"]')
	slow=$(token '["orders:read"]' ',"rate_limit":1')
	start "$address"

	echo "$proxy"
	send /orders/1 -H "Authorization: Bearer $good"
	check "the right scope" "$status" 200
	check "the service knows who it is" "$(seen x-auth-user)" test@latchkey.dev
	check "and what the token may do" "$(seen x-auth-scopes)" orders:read
	check "and does not see the token" "$(seen authorization)" ""
	send /orders/1 -X POST -H "Authorization: Bearer $good" -H 'Content-Type: application/x-www-form-urlencoded' \
		-d 'scope=users:read'
	check "a request with a body" "$status" 200
	check "arrives as it was" "$(head -n 1 "$work/body")" "POST /orders/1"
	send '/orders/1?scope=users:read&resource=none' -H "Authorization: Bearer $good"
	check "the client's query is the service's" "$status" 200
	send /orders/1
	check "no token" "$status" 401
	check "is challenged" "$(header WWW-Authenticate | cut -c 1-23)" 'Bearer realm="latchkey"'
	send /orders/1 -H "Authorization: Bearer nonsense"
	check "no token of this server" "$status $(header WWW-Authenticate | grep -o invalid_token)" "401 invalid_token"
	send /orders/1 -H "Authorization: Bearer $good" -H "Authorization: Bearer $weak"
	check "two headers are none" "${status/400/401}" 401
	send /orders/1 -H "Authorization: Bearer $weak"
	check "another scope" "$status" 403
	check "is told which it needs" "$(header WWW-Authenticate | grep -o 'scope="[^"]*"')" 'scope="orders:read"'
	check "and where to get it" "$(field request_token_url <"$work/body" | grep -o '/tokens/new?.*&scopes=orders:read')" \
		'/tokens/new?name=For%20orders:read&scopes=orders:read'
	send /users/1 -H "Authorization: Bearer $good"
	check "none of two scopes" "$status" 403
	for path in /orders/../users/1 /orders/%2e%2e/users/1 //users/1 /users/./1 /none; do
		send "$path" -H "Authorization: Bearer $good"
		check "no way round by $path" "$([ "$status" -ge 400 ] && echo refused)" refused
	done

	send /orders/1 -H "Authorization: Bearer $good" -H 'X-Auth-User-Id: 1' -H 'X-Auth-User: admin@latchkey.dev' \
		-H 'X-Auth-Scopes: *' -H 'X-Auth-Token-Id: 1' -H 'X_Auth_User: admin@latchkey.dev' -H 'Latchkey-Scope: none' \
		-H 'Latchkey-Any-Scope: none' -H 'Latchkey-Resource: none'
	check "with forged headers it passes" "$status" 200
	check "as who it is" "$(seen x-auth-user) $(seen x-auth-scopes)" "test@latchkey.dev orders:read"
	check "and the forged ones are gone" "$(grep -ciE 'latchkey-|x_auth|admin@|^x-auth-[a-z-]*: (1|\*)$' "$work/body")" 0

	send /orders/1 -H "Authorization: Bearer $slow"
	check "once a minute" "$status" 200
	send /orders/1 -H "Authorization: Bearer $slow"
	check "twice is too many" "$status" 429
	check "and says when again" "$([ "$(header Retry-After)" -gt 0 ] && echo so)" so
	curl -s -o /dev/null -X DELETE "$LATCHKEY_URL/api/tokens/current" -H "Authorization: Bearer $good"
	send /orders/1 -H "Authorization: Bearer $good"
	check "revoked, at the next request" "$status" 401

	start "127.0.0.1:$undecided_port"
	send /orders/1 -H "Authorization: Bearer $weak"
	check "Latchkey cannot decide" "$status" 503
	check "and says when to ask again" "$(header Retry-After)" 5
	start "127.0.0.1:$nobody_port"
	send /orders/1 -H "Authorization: Bearer $weak"
	check "there is no Latchkey" "${status/502/503}" 503

	# What was made here, and nobody else's.
	while read -r made; do
		curl -s -o /dev/null -X DELETE "$LATCHKEY_URL/api/tokens/current" -H "Authorization: Bearer $made"
	done < <(cat "$work/made" && echo "$login")
	all_passed
}
