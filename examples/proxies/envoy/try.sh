#!/usr/bin/env bash
# Envoy in front of a service, and Latchkey beside it: who passes, who does not, and what each is told.
#
#   LATCHKEY_URL=http://127.0.0.1:8080 examples/proxies/envoy/try.sh

cd "$(dirname "$0")" || exit 1
command -v envoy >/dev/null || { echo "NOT RUN: there is no envoy"; exit 0; }
proxy=Envoy
files="envoy.yaml"
run_proxy() {
	exec envoy -c envoy.yaml
}
. ../steps.sh
show
