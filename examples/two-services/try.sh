#!/usr/bin/env bash
# Two services behind nginx, each a resource of Latchkey with scopes of its own: starts all of it, shows who passes and who does
# not, and stops all of it. Needs nginx, a JDK, and Node 20 or later.
#
#   LATCHKEY_URL=http://127.0.0.1:8080 examples/two-services/try.sh

cd "$(dirname "$0")" || exit 1
PATH=$PATH:/usr/sbin
command -v nginx >/dev/null || { echo "NOT RUN: there is no nginx"; exit 0; }
[ parcels/node_modules/.package-lock.json -nt parcels/package-lock.json ] ||
	npm ci --prefix parcels --no-audit --no-fund --loglevel=error || exit 1
(cd invoices && ../../../mvnw -q -B -ntp package) || exit 1
. ../lib/latchkey.sh

# The two services and nginx, on free ports in the place of those that stand in the files.
parcels_port=$(port)
invoices_port=$(port)
PORT=$parcels_port node parcels/server.mjs >"$work/parcels.log" 2>&1 &
started[$!]=yes
PORT=$invoices_port java -XX:TieredStopAtLevel=1 -jar invoices/target/invoices-0.1.0-SNAPSHOT.jar >"$work/invoices.log" 2>&1 &
started[$!]=yes

# Starts nginx with this Latchkey (host:port).
start_nginx() {
	stop "${nginx:-}"
	nginx_port=$(port)
	rm -rf "$work/nginx"
	mkdir "$work/nginx"
	for file in nginx.conf guarded.conf asking.conf; do
		sed -e "s/127\.0\.0\.1:8080/$1/g" -e "s/127\.0\.0\.1:3001/127.0.0.1:$parcels_port/g" \
			-e "s/127\.0\.0\.1:3002/127.0.0.1:$invoices_port/g" -e "s/127\.0\.0\.1:8088/127.0.0.1:$nginx_port/g" \
			"$file" >"$work/nginx/$file"
	done
	nginx -e stderr -p "$work/nginx" -c nginx.conf -g 'daemon off; pid nginx.pid;' >"$work/nginx.log" 2>&1 &
	nginx=$!
	started[nginx]=yes
	base=http://127.0.0.1:$nginx_port
}

start_nginx "${LATCHKEY_URL#http://}"
for name in parcels invoices nginx; do
	port_of=${name}_port
	answers "http://127.0.0.1:${!port_of}/" 600 || { echo "$name did not start:"; cat "$work/$name.log"; exit 1; }
done

# Makes a token of an account: email, password, scopes as a JSON list.
token() {
	curl -s "$LATCHKEY_URL/api/login" -H 'Content-Type: application/json' -d "{\"email\":\"$1\",\"password\":\"$2\",\
\"token_name\":\"two services\",\"scopes\":$3}" | field token
}

# Sends a request and keeps what comes back.
send() {
	local path=$1
	shift
	status=$(curl -s -o "$work/body" -D "$work/headers" -w '%{http_code}' --path-as-is --max-time 20 "$@" "$base$path")
}

# Prints a header of the answer.
header() {
	tr -d '\r' <"$work/headers" | sed -n "s/^$1: //Ip" | head -n 1
}

# Makes a service a resource.
resource() {
	curl -s -o /dev/null -w '%{http_code}' -X PUT "$LATCHKEY_URL/api/resources/$1" -H "Authorization: Bearer $admin" \
		-H 'Content-Type: application/json' -d "{\"address\":\"$base/$1\",\"scopes\":[
{\"name\":\"$1:read\",\"description\":\"See your $1\",\"role\":\"USER\"},
{\"name\":\"$1:write\",\"description\":\"Add to your $1\",\"role\":\"USER\"}]}" | sed 's/201/200/'
}

echo "1. Each is a resource"
admin=$(token admin@latchkey.dev latchkey-admin '["resources:read","resources:write"]')
check "parcels" "$(resource parcels)" 200
check "invoices" "$(resource invoices)" 200
sender=$(token test@latchkey.dev latchkey-user '["parcels:read"]')
clerk=$(token test@latchkey.dev latchkey-user '["invoices:read","invoices:write"]')
both=$(token test@latchkey.dev latchkey-user '["parcels:read","parcels:write","invoices:read"]')
all=$(token test@latchkey.dev latchkey-user '["*"]')

echo "2. Who passes"
send /parcels -H "Authorization: Bearer $sender"
check "parcels, with a token for them" "$status $(field owner <"$work/body")" "200 test@latchkey.dev"
send /invoices -H "Authorization: Bearer $clerk"
check "invoices, with a token for them" "$status $(field owner <"$work/body")" "200 test@latchkey.dev"
send /invoices -H "Authorization: Bearer $clerk" -H 'Content-Type: application/json' -d '{"cents":1250}'
check "an invoice is written" "$status $(cat "$work/body")" '201 {"cents":1250}'
for name in parcels invoices; do
	send "/$name" -H "Authorization: Bearer $both"
	check "$name, with a token for both" "$status" 200
done

echo "3. Who does not"
for name in parcels invoices; do
	send "/$name"
	check "$name, without a token" "$status" 401
	check "the challenge leads to what is known of $name" "$(header WWW-Authenticate)" "Bearer realm=\"latchkey\", \
resource_metadata=\"$LATCHKEY_URL/.well-known/oauth-protected-resource/$name\""
	send "/$name" -H 'Authorization: Bearer nonsense'
	check "$name, with what is no token" "$status $(header WWW-Authenticate | grep -o invalid_token)" "401 invalid_token"
	send "/$name" -H "Authorization: Bearer $all"
	check "$name, with a token for all of Latchkey's own" "$status $(field code <"$work/body")" "403 wrong_resource"
done
send /invoices -H "Authorization: Bearer $sender"
check "a token of parcels is none for invoices" "$status $(field code <"$work/body")" "403 wrong_resource"
send /parcels -H "Authorization: Bearer $clerk"
check "a token of invoices is none for parcels" "$status $(field code <"$work/body")" "403 wrong_resource"
check "which no link could heal" "$(field request_token_url <"$work/body")" ""
send /parcelsx -H "Authorization: Bearer $both"
check "what no location names" "$status" 404
send /parcels/../invoices -X POST -H "Authorization: Bearer $both" -H 'Content-Type: application/json' -d '{"cents":1}'
check "no way round by a path" "$status" 403

echo "4. The refusal that heals"
send /parcels -H "Authorization: Bearer $sender" -H 'Content-Type: application/json' -d '{"to":"Ada"}'
check "to read is not to write" "$status $(field code <"$work/body")" "403 insufficient_scope"
check "the challenge says what is needed" "$(header WWW-Authenticate | grep -o ' scope="[^"]*"')" ' scope="parcels:write"'
check "nobody keeps the answer" "$(header Cache-Control)" no-store
check "and it names no account" "$(grep -ci '^x-auth-' "$work/headers")" 0
link=$(field request_token_url <"$work/body")
check "the link leads to Latchkey, with what is missing" "${link%%&expires*}" \
	"$LATCHKEY_URL/tokens/new?name=For%20parcels:write&scopes=parcels:write"
healed=$(node follow-link.mjs "$link")
send /parcels -H "Authorization: Bearer $healed" -H 'Content-Type: application/json' -d '{"to":"Ada"}'
check "with the token from there it works" "$status $(cat "$work/body")" '201 {"to":"Ada"}'

echo "5. Nobody says who he is"
for name in parcels invoices; do
	send "/$name/headers" -H "Authorization: Bearer $both" -H 'X-Auth-User-Id: 1' -H 'X-Auth-User: admin@latchkey.dev' \
		-H 'X-Auth-Scopes: *' -H 'X-Auth-Token-Id: 1' -H 'X_Auth_User: admin@latchkey.dev' -H 'Latchkey-Scope: none' \
		-H 'Latchkey-Any-Scope: none' -H 'Latchkey-Resource: none' -H 'Latchkey-Status: 200'
	check "$name, with forged headers" "$status $(grep -io '"x-auth-user":"[^"]*"' "$work/body" | cut -d '"' -f 4)" \
		"200 test@latchkey.dev"
	check "the forged ones are gone" "$(grep -ciE 'latchkey-|x_auth|admin@|"x-auth-[a-z-]*":"(1|\*)"' "$work/body")" 0
	check "the service does not see the token" "$(grep -ci authorization "$work/body")" 0
done

echo "6. Taken back"
for name in parcels invoices; do
	send "/$name" -H "Authorization: Bearer $both"
	check "$name, before" "$status" 200
done
curl -s -o /dev/null -X DELETE "$LATCHKEY_URL/api/tokens/current" -H "Authorization: Bearer $both"
since=$(date +%s%N)
for name in parcels invoices; do
	send "/$name" -H "Authorization: Bearer $both"
	check "$name, after" "$status" 401
done
took=$((($(date +%s%N) - since) / 1000000))
check "within two seconds ($took ms)" "$([ "$took" -lt 2000 ] && echo so)" so

echo "7. A Latchkey that changes its mind, and none"
fickle_port=$(port)
node -e 'let asked = 0; require("http").createServer((request, response) => {
	response.writeHead(request.url.startsWith("/forward-auth") && asked++ % 2 ? 204 : 403, { "X-Auth-User": "admin@latchkey.dev" }).end();
}).listen(process.argv[1], "127.0.0.1")' "$fickle_port" &
fickle=$!
started[fickle]=yes
answers "http://127.0.0.1:$fickle_port/"
start_nginx "127.0.0.1:$fickle_port"
answers "$base/"
send /parcels -X DELETE
check "a no stays a no, whatever is said then" "$status" 403
check "and tells nobody who he is" "$(grep -ci '^x-auth-' "$work/headers")" 0
stop "$fickle"
send /parcels -X DELETE
check "nobody passes without one" "$status" 503

for one in "$sender" "$clerk" "$all" "$healed"; do
	curl -s -o /dev/null -X DELETE "$LATCHKEY_URL/api/tokens/current" -H "Authorization: Bearer $one"
done
for name in parcels invoices; do
	check "$name are removed" "$(curl -s -o /dev/null -w '%{http_code}' -X DELETE "$LATCHKEY_URL/api/resources/$name" \
		-H "Authorization: Bearer $admin")" 204
done
curl -s -o /dev/null -X DELETE "$LATCHKEY_URL/api/tokens/current" -H "Authorization: Bearer $admin"
all_passed
