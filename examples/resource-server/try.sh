#!/bin/sh
# Builds the resource server, starts it beside a Latchkey in demo mode, and checks that it answers by Latchkey's tokens.
#
#   BASE_URL=http://127.0.0.1:8080 PORT=8090 examples/resource-server/try.sh

cd "$(dirname "$0")" || exit 1
. ../lib/checks.sh
BASE_URL=${BASE_URL:-${LATCHKEY_URL:-http://127.0.0.1:8080}}
PORT=${PORT:-8090}
MVN=${MVN:-../../mvnw}
RS=http://127.0.0.1:$PORT
server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null' EXIT

start() {
	[ -z "$server" ] || { kill "$server"; wait "$server" 2> /dev/null; }
	LATCHKEY_URL=$BASE_URL PORT=$PORT SPRING_PROFILES_ACTIVE=$1 java -jar target/resource-server-0.1.0-SNAPSHOT.jar \
		> "target/$1.log" 2>&1 &
	server=$!
	tries=0
	until curl -s -o /dev/null "$RS/parcels"; do
		tries=$((tries + 1))
		if [ "$tries" -gt 120 ] || ! kill -0 "$server" 2> /dev/null; then
			echo "The resource server did not start:"
			tail -20 "target/$1.log"
			exit 1
		fi
		sleep 1
	done
}

# Makes a token with these scopes, a JSON list.
token() {
	curl -s "$BASE_URL/api/login" -H 'Content-Type: application/json' -d "{\"email\":\"test@latchkey.dev\",\
\"password\":\"latchkey-user\",\"token_name\":\"example\",\"scopes\":$1}" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p'
}

status() {
	method=$1
	shift
	curl -s -o /dev/null -w '%{http_code}' -X "$method" "$RS/parcels" "$@"
}

"$MVN" -q -B package || exit 1

echo "1. Opaque tokens, by introspection"
start opaque
reader=$(token '["orders:read"]')
other=$(token '["user:read"]')
check "no token" "$(status GET)" 401
check "no token of this server" "$(status GET -H 'Authorization: Bearer nonsense')" 401
check "the right scope" "$(status GET -H "Authorization: Bearer $reader")" 200
check "another scope" "$(status GET -H "Authorization: Bearer $other")" 403
check "reading is not writing" "$(status POST -H "Authorization: Bearer $reader")" 403
curl -s -o /dev/null -X DELETE "$BASE_URL/api/tokens/current" -H "Authorization: Bearer $reader"
sleep 1
check "a second after it was revoked" "$(status GET -H "Authorization: Bearer $reader")" 401

echo "2. Signed tokens, verified offline"
start jwt
reader=$(token '["orders:read","orders:write"]')
admin=$(curl -s "$BASE_URL/api/login" -H 'Content-Type: application/json' -d '{"email":"admin@latchkey.dev",
"password":"latchkey-admin","token_name":"example","scopes":["users:read","users:write","orders:read"]}' |
	sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
client=$(curl -s "$BASE_URL/api/clients" -H "Authorization: Bearer $admin" -H 'Content-Type: application/json' \
	-d '{"name":"Parcels","scopes":["orders:read"],"grant_types":["urn:ietf:params:oauth:grant-type:token-exchange"],
"audiences":["https://parcels.example","https://other.example"]}')
id=$(echo "$client" | sed -n 's/.*"client_id":"\([^"]*\)".*/\1/p')
secret=$(echo "$client" | sed -n 's/.*"client_secret":"\([^"]*\)".*/\1/p')
exchange() {
	curl -s -u "$id:$secret" "$BASE_URL/oauth2/token" \
		-d grant_type=urn:ietf:params:oauth:grant-type:token-exchange -d "subject_token=$reader" \
		-d subject_token_type=urn:ietf:params:oauth:token-type:access_token -d scope=orders:read -d "audience=$1" |
		sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p'
}
check "the signed token" "$(status GET -H "Authorization: Bearer $(exchange https://parcels.example)")" 200
check "it was bought with fewer scopes" "$(status POST -H "Authorization: Bearer $(exchange https://parcels.example)")" 403
check "one for another audience" "$(status GET -H "Authorization: Bearer $(exchange https://other.example)")" 401
check "no audience that the client has not" "$(exchange https://foreign.example)" ""
check "the opaque token itself" "$(status GET -H "Authorization: Bearer $reader")" 401

curl -s -o /dev/null -X DELETE "$BASE_URL/api/clients/$id" -H "Authorization: Bearer $admin"
curl -s -o /dev/null -X DELETE "$BASE_URL/api/tokens/current" -H "Authorization: Bearer $admin"

all_passed
