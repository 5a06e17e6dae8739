#!/usr/bin/env bash
# Caddy in front of a service, and Latchkey beside it: who passes, who does not, and what each is told.
#
#   LATCHKEY_URL=http://127.0.0.1:8080 examples/proxies/caddy/try.sh

cd "$(dirname "$0")" || exit 1
PATH=$PATH:/usr/sbin
command -v caddy >/dev/null || { echo "NOT RUN: there is no caddy"; exit 0; }
proxy=Caddy
files="Caddyfile"
run_proxy() {
	exec caddy run --config Caddyfile --adapter caddyfile
}
. ../steps.sh
show
