# Keycloak from its Maven package, on the same PostgreSQL, for --with-keycloak.

KEYCLOAK_VERSION=26.4.0

keycloak() {
	local port=$((PORTS + 45)) home=$WORK/keycloak/keycloak-$KEYCLOAK_VERSION url=http://127.0.0.1:$((PORTS + 45))
	say "  fetching and starting Keycloak $KEYCLOAK_VERSION"
	mkdir "$WORK/keycloak"
	(cd "$WORK/keycloak" && timeout 900 "$ROOT/mvnw" -q -B -ntp dependency:copy -DoutputDirectory=. \
		-Dartifact=org.keycloak:keycloak-quarkus-dist:$KEYCLOAK_VERSION:zip && jar xf keycloak-quarkus-dist-*.zip) \
		>"$WORK/keycloak.log" 2>&1 || return 1
	create_database keycloak
	JAVA_OPTS_KC_HEAP=-Xmx512m KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=admin KC_DB=postgres \
		KC_DB_URL="$(jdbc_url keycloak)" KC_DB_USERNAME=bench KC_DB_PASSWORD=bench KC_CACHE=local KC_HTTP_ENABLED=true \
		KC_HTTP_HOST=127.0.0.1 KC_HTTP_PORT=$port KC_HOSTNAME_STRICT=false bash "$home/bin/kc.sh" start >>"$WORK/keycloak.log" 2>&1 &
	PID[keycloak]=$! PORT[keycloak]=$port
	started $!
	until_true 300 is_ready "$url/realms/master" || return 1
	keycloak_tokens "$url" >"$WORK/keycloak-introspect"
}

# Requests that introspect a hundred tokens of a client that may live for two hours.
keycloak_tokens() {
	local admin token realm=$1/realms/master/protocol/openid-connect
	admin=$(curl -sf "$realm/token" -d 'grant_type=password&client_id=admin-cli&username=admin&password=admin' | jq -r .access_token)
	curl -sf "$1/admin/realms/master/clients" -H "Authorization: Bearer $admin" -H 'Content-Type: application/json' -d '{
		"clientId": "bench", "secret": "bench-secret", "publicClient": false, "serviceAccountsEnabled": true,
		"attributes": {"access.token.lifespan": "7200"}}'
	for _ in $(seq 100); do
		token=$(curl -sf "$realm/token" -d 'grant_type=client_credentials&client_id=bench&client_secret=bench-secret' | jq -r .access_token)
		printf '\t/realms/master/protocol/openid-connect/token/introspect\tclient_id=bench&client_secret=bench-secret&token=%s\n' "$token"
	done
}
