#!/bin/sh
# Starts a Latchkey in demo mode, the MCP server and the agent, shows the log-in of an agent that nobody has registered, and
# stops everything. It needs a JDK and Node 20 or later.
#
#   examples/mcp-server/try.sh
#   START="a command that starts another Latchkey" examples/mcp-server/try.sh

cd "$(dirname "$0")" || exit 1
PORT=${PORT:-18080}
MCP_PORT=${MCP_PORT:-13001}
DOCUMENT_PORT=${DOCUMENT_PORT:-19443}
LATCHKEY=http://127.0.0.1:$PORT
work=$(mktemp -d)
latchkey=
server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null; [ -z "$latchkey" ] || { kill "$latchkey" 2> /dev/null; wait "$latchkey" 2> /dev/null; }; rm -rf "$work"' EXIT

[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error || exit 1

# The document of the agent is served on this very machine, with a certificate that only this Latchkey trusts.
keytool -genkeypair -alias agent -keyalg EC -dname CN=localhost -ext SAN=dns:localhost -storetype PKCS12 \
	-storepass changeit -keystore "$work/keys.p12" 2> /dev/null || exit 1
keytool -exportcert -rfc -alias agent -storepass changeit -keystore "$work/keys.p12" -file "$work/own.pem" 2> /dev/null
keytool -importcert -noprompt -alias agent -file "$work/own.pem" -storetype PKCS12 -storepass changeit \
	-keystore "$work/trust.p12" 2> /dev/null || exit 1

cd ../.. || exit 1
trust="-Djavax.net.ssl.trustStore=$work/trust.p12 -Djavax.net.ssl.trustStorePassword=changeit"
export SERVER_PORT="$PORT" MANAGEMENT_SERVER_PORT=0 LATCHKEY_DEMO_DIRECTORY="$work/demo"
export LATCHKEY_OAUTH_CLIENTDOCUMENTS_ALLOWEDHOSTS=localhost
if [ -n "$START" ]; then
	JAVA_TOOL_OPTIONS=$trust $START > "$work/latchkey.log" 2>&1 &
else
	./mvnw -q -B spring-boot:run "-Dspring-boot.run.jvmArguments=$trust" > "$work/latchkey.log" 2>&1 &
fi
latchkey=$!
cd examples/mcp-server || exit 1
PORT=$MCP_PORT LATCHKEY=$LATCHKEY node server.mjs > "$work/server.log" 2>&1 &
server=$!

tries=0
until curl -fs -o /dev/null "$LATCHKEY/readyz"; do
	tries=$((tries + 1))
	if [ "$tries" -gt 180 ] || ! kill -0 "$latchkey" 2> /dev/null; then
		echo "Latchkey did not start:"
		tail -20 "$work/latchkey.log"
		exit 1
	fi
	sleep 1
done

# The MCP server is a resource, with scopes of its own.
admin=$(curl -s "$LATCHKEY/api/login" -H 'Content-Type: application/json' -d '{"email":"admin@latchkey.dev",
"password":"latchkey-admin","token_name":"example","scopes":["resources:read","resources:write"]}' |
	sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
curl -fs -o /dev/null -X PUT "$LATCHKEY/api/resources/agents" -H "Authorization: Bearer $admin" \
	-H 'Content-Type: application/json' -d "{\"address\":\"http://127.0.0.1:$MCP_PORT/mcp\",\"scopes\":[
{\"name\":\"agents:read\",\"description\":\"See orders by an agent\",\"role\":\"USER\"},
{\"name\":\"agents:write\",\"description\":\"Place orders by an agent\",\"role\":\"USER\"}]}" || exit 1

LATCHKEY=$LATCHKEY MCP=http://127.0.0.1:$MCP_PORT/mcp DOCUMENT_PORT=$DOCUMENT_PORT KEYS=$work/keys.p12 node agent.mjs || exit 1
echo "All checks passed"
