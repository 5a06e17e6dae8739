#!/usr/bin/env bash
# nginx in front of a service, and Latchkey beside it: who passes, who does not, and what each is told.
#
#   LATCHKEY_URL=http://127.0.0.1:8080 examples/proxies/nginx/try.sh

cd "$(dirname "$0")" || exit 1
PATH=$PATH:/usr/sbin
command -v nginx >/dev/null || { echo "NOT RUN: there is no nginx"; exit 0; }
proxy=nginx
files="nginx.conf guarded.conf asking.conf"
run_proxy() {
	exec nginx -e stderr -p "$PWD" -c nginx.conf -g 'daemon off; pid nginx.pid;'
}
. ../steps.sh
show
