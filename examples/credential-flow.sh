#!/bin/sh
# The flow with credentials, step by step: every success and every failure that a client meets. It needs curl and a
# server in demo mode (./mvnw spring-boot:run), and says on each line what it saw.
#
#   BASE_URL=http://127.0.0.1:8080 examples/credential-flow.sh

BASE_URL=${BASE_URL:-${LATCHKEY_URL:-http://127.0.0.1:8080}}
. "$(dirname "$0")/lib/checks.sh"
body=$(mktemp)
headers=$(mktemp)
trap 'rm -f "$body" "$headers"' EXIT

# Sends a request: method, path, JSON body or '', and further arguments for curl.
send() {
	method=$1 path=$2 json=$3
	shift 3
	if [ -n "$json" ]; then
		status=$(curl -s -o "$body" -D "$headers" -w '%{http_code}' -X "$method" "$BASE_URL$path" \
			-H 'Content-Type: application/json' --data-binary "$json" "$@")
	else
		status=$(curl -s -o "$body" -D "$headers" -w '%{http_code}' -X "$method" "$BASE_URL$path" "$@")
	fi
}

# Prints a field of the JSON answer.
field() {
	sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" "$body"
}

generate() {
	send POST /security/generate-token "{\"grant_type\":\"$1\",\"client_id\":\"$2\",\"client_secret\":\"$3\",\
\"scope\":\"$4\",\"username\":\"$5\",\"password\":\"$6\"}"
}

refresh() {
	send POST /security/refresh-token "{\"grant_type\":\"refresh_token\",\"client_id\":\"$1\",\
\"client_secret\":\"$1\",\"scope\":\"api\",\"refresh_token\":\"$2\"}"
}

account() {
	send GET "$1" '' -H "Authorization: Bearer $2"
}

no_credentials='{"error":"Invalid credentials.","error_description":"Invalid credentials.","message":"Invalid credentials."}'

refused() {
	check "$1: 400" "$status" 400
	check "$1: the body" "$(cat "$body")" "$no_credentials"
}

refresh_refused() {
	check "$1: 401" "$status" 401
	check "$1: error" "$(field error)" invalid_request
	check "$1: message" "$(field message)" 'The refresh token is invalid.'
}

echo "1. A user signs in through the client frontend"
generate password frontend frontend api test@latchkey.dev latchkey-user
check "generate-token" "$status" 200
check "token_type" "$(field token_type)" Bearer
check "expires_in" "$(field expires_in)" 86400
check "nobody keeps the answer" "$(tr -d '\r' < "$headers" | sed -n 's/^[Cc]ache-[Cc]ontrol: //p')" no-store
access=$(field access_token)
first=$(field refresh_token)
check "an access token" "${access%"${access#lko_}"}" lko_
check "a refresh token" "${first%"${first#lkr_}"}" lkr_
account /user/my-account "$access"
check "the own account" "$status $(field email)" '200 test@latchkey.dev'
account /admin/my-account "$access"
check "the administrators' is not for users" "$status" 403

echo "2. An administrator signs in through the client admin"
generate password admin admin api admin@latchkey.dev latchkey-admin
check "generate-token" "$status" 200
account /admin/my-account "$(field access_token)"
check "the own account" "$status $(field email)" '200 admin@latchkey.dev'

echo "3. A guest sees no account"
send GET /admin/my-account ''
check "/admin/my-account" "$status" 403
send GET /user/my-account ''
check "/user/my-account" "$status" 403

echo "4. Whatever is wrong, the refusal is the same"
generate password admin admin api test@latchkey.dev latchkey-user
refused "a user through the client admin"
generate password frontend frontend api test@latchkey.dev wrong-password
refused "a wrong password"
generate password frontend frontend api nobody@latchkey.dev latchkey-user
refused "an unknown account"
generate password frontend wrong api test@latchkey.dev latchkey-user
refused "a wrong client secret"
generate password nobody frontend api test@latchkey.dev latchkey-user
refused "an unknown client"
generate authorization_code frontend frontend api test@latchkey.dev latchkey-user
refused "another grant type"
generate password frontend frontend made:up test@latchkey.dev latchkey-user
refused "a scope that does not exist"
send POST /security/generate-token '{'
refused "a body that is no JSON"

echo "5. A refresh token works once"
refresh frontend "$first"
check "refresh-token" "$status" 200
second_access=$(field access_token)
second=$(field refresh_token)
check "both tokens are new" "$([ "$second_access" != "$access" ] && [ "$second" != "$first" ] && echo new)" new
account /user/my-account "$second_access"
check "the new access token works" "$status" 200
refresh frontend "$first"
refresh_refused "the used refresh token"
refresh frontend "$second"
refresh_refused "the newer one of its family"
account /user/my-account "$second_access"
check "every token of the family is revoked" "$status" 401

echo "6. Other refusals of a refresh"
generate password frontend frontend api test@latchkey.dev latchkey-user
access=$(field access_token)
token=$(field refresh_token)
refresh admin "$token"
refresh_refused "another client's refresh token"
refresh frontend "$access"
refresh_refused "an access token"
refresh frontend lkr_made-up
refresh_refused "what is no token"
account /user/my-account "$token"
check "a refresh token opens no route" "$status" 401

echo "7. Revoking an access token revokes its refresh token"
send DELETE /api/tokens/current '' -H "Authorization: Bearer $access"
check "revoked" "$status" 204
refresh frontend "$token"
refresh_refused "its refresh token"

all_passed
