# Row 2: answers for proxies and for other services.

row_2() {
	local open='open route behind the chain' forward='/forward-auth?scope=user:read&resource=latchkey' introspect='/oauth2/introspect'
	local keycloak="Keycloak $KEYCLOAK_VERSION, introspection" legs=() admin
	latchkey main 10 latchkey
	open_route
	if [[ $(status main "$forward" "$(head -1 "$WORK/thousand")") == 204 ]]; then
		legs+=("$forward|good|main|$WORK/thousand|turn|$forward" "$open|good|open|$WORK/thousand|turn")
	else
		left_out 2 '`/forward-auth`, of the open route' 'the route is not there'
	fi
	admin=$(admin_token "${PORT[main]}" || true)
	awk -v admin="$admin" '{ printf "%s\t/oauth2/introspect\ttoken=%s\n", admin, $1 }' "$WORK/thousand" >"$WORK/introspect"
	if curl -s -d "token=$(head -1 "$WORK/thousand")" -H "Authorization: Bearer $admin" \
		"http://127.0.0.1:${PORT[main]}$introspect" | grep -q '"active":true'; then
		legs+=("$introspect|good|main|$WORK/introspect|turn")
		((${#legs[@]} > 1)) || legs+=("$open|good|open|$WORK/thousand|turn")
	else
		left_out 2 '`/oauth2/introspect`, of the open route' 'the route is not there'
	fi
	if [[ $KEYCLOAK == yes && ${legs[*]} == *introspect* ]]; then
		keycloak && legs+=("$keycloak|good|keycloak|$WORK/keycloak-introspect|turn") || left_out 2 "$keycloak" 'it did not start'
	fi
	((${#legs[@]} == 0)) || interleaved 2 "${legs[@]}"
	[[ ${legs[*]} != *forward-auth* ]] || found 2 'throughput of `/forward-auth`, of the open route' '≥ 1.0' \
		"$(two "$(ratio 2 "$forward" "$open" 4)")" '>=' 1
	[[ ${legs[*]} != *introspect* ]] || found 2 'throughput of `/oauth2/introspect`, of the open route' '≥ 1.0' \
		"$(two "$(ratio 2 "$introspect" "$open" 4)")" '>=' 1
	[[ ${legs[*]} != *Keycloak* ]] || found 2 "throughput of \`/oauth2/introspect\`, of $keycloak" '≥ 5' \
		"$(two "$(ratio 2 "$introspect" "$keycloak" 4)")" '>=' 5
	stop_server keycloak
}

# status SERVER PATH TOKEN
status() {
	curl -s -o /dev/null -w '%{http_code}' --max-time 10 -H "Authorization: Bearer $3" "http://127.0.0.1:${PORT[$1]}$2"
}
