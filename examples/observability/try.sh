#!/usr/bin/env bash
# Debian's Prometheus, told by these files what to scrape and what to warn of, beside a running Latchkey: that the rules are good, that
# each name that the rules and the dashboard ask for is told, and that what happens is counted.
#
#   LATCHKEY_URL=http://127.0.0.1:8080 LATCHKEY_MANAGEMENT_URL=http://127.0.0.1:8081 examples/observability/try.sh

cd "$(dirname "$0")" || exit 1
command -v prometheus >/dev/null && command -v promtool >/dev/null || { echo "NOT RUN: there is no prometheus"; exit 0; }
. ../lib/latchkey.sh

# One that was started here has said its ports: the management's is the one that tells figures.
if [ -z "${LATCHKEY_MANAGEMENT_URL:-}" ]; then
	for port in 8081 $(sed -n 's/.*Tomcat started on port \([0-9]*\).*/\1/p' "$work/latchkey.log" 2>/dev/null); do
		! curl -sf -o /dev/null --max-time 5 "http://127.0.0.1:$port/actuator/prometheus" ||
			LATCHKEY_MANAGEMENT_URL=http://127.0.0.1:$port
	done
fi
: "${LATCHKEY_MANAGEMENT_URL:?is the address of the management port}"

promtool check rules alerts.yml && promtool test rules alerts-test.yml && promtool check config prometheus.yml
check "promtool finds rules and configuration good" $? 0
curl -sf --max-time 10 "$LATCHKEY_MANAGEMENT_URL/actuator/prometheus" >"$work/metrics" &&
	promtool check metrics <"$work/metrics" >"$work/lint" 2>&1
grep -E '^latchkey_' "$work/lint"
check "promtool finds Latchkey's own figures well named" "$(grep -cE '^latchkey_' "$work/lint")" 0

# The same configuration, with what differs here.
sed -e "s/127.0.0.1:8081/${LATCHKEY_MANAGEMENT_URL#http://}/" -e 's/15s/1s/' -e "s#alerts.yml#$PWD/alerts.yml#" prometheus.yml >"$work/prometheus.yml"
listen=$(port)
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --web.listen-address="127.0.0.1:$listen" \
	--log.level=warn >"$work/prometheus.log" 2>&1 &
started[$!]=yes
answers "http://127.0.0.1:$listen/-/ready" || { cat "$work/prometheus.log"; exit 1; }

# The first value of an expression.
ask() {
	curl -s --max-time 5 --get --data-urlencode "query=$1" "http://127.0.0.1:$listen/api/v1/query" |
		sed -n 's/.*"value":\[[0-9.]*,"\([^"]*\)"\].*/\1/p'
}

# Asks until the answer is as wanted, half a minute at the most.
becomes() {
	local i answer
	for ((i = 0; i < 60; i++)); do
		answer=$(ask "$2")
		[ "$answer" != "$3" ] || break
		sleep 0.5
	done
	check "$1" "$answer" "$3"
}

becomes "Prometheus reaches Latchkey" 'up{job="latchkey"}' 1
made='sum(latchkey_acts_total{action="token.created"})'
refused='sum(latchkey_verifications_total{outcome="refused"})'
before_made=$(ask "$made")
before_refused=$(ask "$refused")
token=$(curl -s -H 'Content-Type: application/json' -d \
	'{"email":"test@latchkey.dev","password":"latchkey-user","token_name":"observed","scopes":["user:read"]}' "$LATCHKEY_URL/api/login" | field token)
curl -s -o /dev/null -H "Authorization: Bearer $token" "$LATCHKEY_URL/api/user"
curl -s -o /dev/null -H "Authorization: Bearer ${token}x" "$LATCHKEY_URL/api/user"
curl -s -o /dev/null -X DELETE -H "Authorization: Bearer $token" "$LATCHKEY_URL/api/tokens/current"
becomes "a token that is made is counted" "$made" "$((before_made + 1))"
becomes "one that is refused, too" "$refused" "$((before_refused + 1))"
becomes "memory is believed" 'min(latchkey_cache_believed)' 1
becomes "times are kept by route" 'count(http_server_requests_seconds_bucket{uri="/api/user",status="200",method="GET",le="+Inf"})' 1

# What every rule and panel asks for.
lacking=
for name in $(grep -ohE '\b(latchkey|http_server|hikaricp|jvm|process)_[a-z_]+' alerts.yml dashboard.json | sort -u); do
	grep -qE "^$name[{ ]" "$work/metrics" || lacking="$lacking $name"
done
check "all that rules and dashboard ask for is told" "$lacking" ""
curl -s --max-time 5 "http://127.0.0.1:$listen/api/v1/rules" >"$work/rules"
check "no rule fails" "$(grep -o '"health":"[a-z]*"' "$work/rules" | sort -u)" '"health":"ok"'
all_passed
