#!/usr/bin/env bash
# Traefik in front of a service, and Latchkey beside it: who passes, who does not, and what each is told.
#
#   LATCHKEY_URL=http://127.0.0.1:8080 examples/proxies/traefik/try.sh

cd "$(dirname "$0")" || exit 1
command -v traefik >/dev/null || { echo "NOT RUN: there is no traefik"; exit 0; }
proxy=Traefik
files="traefik.yaml routes.yaml"
run_proxy() {
	exec traefik --configFile=traefik.yaml
}
. ../steps.sh
show
