package dev.latchkey.bench.jpa;

import java.time.Instant;
import java.util.List;

record TokenView(String id, String name, List<String> scopes, Instant expiresAt, Instant createdAt) {

	static TokenView of(ApiToken token) {
		return new TokenView(token.getId().toString(), token.getName(), List.of(token.getScopes().split(" ")),
				token.getExpiresAt(), token.getCreatedAt());
	}

}
