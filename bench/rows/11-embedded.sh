# Row 11: a route of an application that embeds the library, beside the open route of the same one.

row_11() {
	local checked="host's route, 1,000 tokens in turn" open="the same host's open route"
	has_host 11 || return 0
	host_with_tokens
	interleaved 11 "$checked|good|host|$WORK/host-tokens|turn|/api/user" "$open|good|host|$WORK/host-open|turn|/open/user"
	found 11 "a host's route with an embedded check, of its open route" '≥ 0.95' "$(two "$(ratio 11 "$checked" "$open" 4)")" '>=' 0.95
	found 11 'its p99, of the open route' '≤ 1.2' "$(two "$(ratio 11 "$checked" "$open" 6)")" '<=' 1.2
	stop_server host
}

# has_host ROW: builds both jars, once; says so where that fails
has_host() {
	local jar=$BENCH/host/target/host-with.jar
	if [[ $BUILD == yes && -z ${HOST_BUILT:-} ]]; then
		say "building the library and an application with it"
		# A jar that is there is not made anew for a library within it that is.
		(cd "$ROOT" && rm -f "$jar" && timeout 1200 ./mvnw -q -B -ntp -f library/pom.xml -DskipTests install \
			&& timeout 1200 ./mvnw -q -B -ntp -f bench/pom.xml -P host -pl host -am -DskipTests package) >"$WORK/build.log" 2>&1 \
			|| fail "the build failed: $(tail -20 "$WORK/build.log")"
		HOST_BUILT=yes
	fi
	[[ ! -e $jar ]] || return 0
	left_out "$1" 'an application with the library' "there is no $jar: run without --no-build"
	return 1
}

host_database() {
	[[ -n ${HOST_DATABASE:-} ]] || create_database host
	HOST_DATABASE=yes
}

# The host with tokens in host-tokens; requests without one are in host-open.
host_with_tokens() {
	local port=$((PORTS + 50))
	host_database
	printf '\t/open/user\n' >"$WORK/host-open"
	(umask 077 && : >"$WORK/host-tokens")
	SPRING_DATASOURCE_URL=$(jdbc_url host) launch host "$port" "http://127.0.0.1:$port/open/user" "$BENCH/host/target/host-with.jar" \
		--tokens="$WORK/host-tokens"
	until_true 60 has_thousand || fail "the host made no tokens: $(tail -5 "$WORK/host.log")"
}

has_thousand() {
	(($(wc -l <"$WORK/host-tokens") == 1000))
}
