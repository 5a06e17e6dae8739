#!/usr/bin/env bash
# Four OAuth libraries, each through code, refresh, introspection and revocation, and through what must be refused. Needs Node 20 or
# later, and the network for the libraries the first time.
#
#   LATCHKEY_URL=http://127.0.0.1:8080 examples/oauth-clients/try.sh

cd "$(dirname "$0")" || exit 1
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error || exit 1
. ../lib/latchkey.sh
export LATCHKEY_URL

for library in oauth4webapi openid-client simple-oauth2 passport-oauth2; do
	timeout 60 node checks.mjs "$library" >"$work/$library.log" 2>&1
	code=$?
	cat "$work/$library.log"
	check "$library: all of it" "$code $(grep -c '^ok ' "$work/$library.log")" "0 39"
done
all_passed
