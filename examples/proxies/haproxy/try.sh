#!/usr/bin/env bash
# HAProxy in front of a service, and Latchkey beside it: who passes, who does not, and what each is told.
#
#   LATCHKEY_URL=http://127.0.0.1:8080 examples/proxies/haproxy/try.sh

cd "$(dirname "$0")" || exit 1
PATH=$PATH:/usr/sbin
command -v haproxy >/dev/null || { echo "NOT RUN: there is no haproxy"; exit 0; }
proxy=HAProxy
files="haproxy.cfg latchkey.lua"
run_proxy() {
	exec haproxy -db -f haproxy.cfg
}
. ../steps.sh
show
