# Row 9: issuing through the API with its audit row, beside a hand-written JPA insert without one.

row_9() {
	local issue='POST /api/tokens' insert='hand-written JPA insert' before
	latchkey main 10 latchkey
	jpa_filter
	issuers "$WORK/tokens" >"$WORK/issue"
	before=$(issued_and_audited)
	interleaved 9 "$issue|good|main|$WORK/issue|turn" "$insert|good|jpa|$WORK/issue|turn"
	found 9 'throughput of issuing, of a hand-written JPA insert' '≥ 2' "$(two "$(ratio 9 "$issue" "$insert" 4)")" '>=' 2
	found 9 'tokens issued and audit rows written meanwhile' '(the same)' \
		"$(paste <(issued_and_audited) <(echo "$before") | awk '{ printf "%s%d", (NR > 1) ? " and " : "", $1 - $2 }')" - 0
}

issued_and_audited() {
	sql latchkey "SELECT count(*) FROM api_token"
	sql latchkey "SELECT count(*) FROM audit_event WHERE action = 'token.created'"
}

# issuers FILE: requests of a thousand tokens that may make others
issuers() {
	awk 'NR % 10 == 0 { print $1 "\t/api/tokens\t{\"name\":\"bench\",\"scopes\":[\"user:read\"]}" } NR == 10000 { exit }' "$1"
}
