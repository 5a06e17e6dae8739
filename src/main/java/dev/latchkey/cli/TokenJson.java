package dev.latchkey.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenHistory;
import dev.latchkey.token.TokenTerms;
import org.jspecify.annotations.Nullable;

/**
 * A token as a result for machines, by the names that the API has, without its secret.
 */
final class TokenJson {

	private TokenJson() {
	}

	static Map<String, @Nullable Object> of(TokenDetails token) {
		TokenTerms terms = token.terms();
		TokenHistory history = token.history();
		Map<String, @Nullable Object> json = new LinkedHashMap<>();
		json.put("id", token.id().toString());
		json.put("name", token.name());
		json.put("description", token.description());
		json.put("hint", token.hint());
		json.put("scopes", List.copyOf(terms.scopes().names()));
		json.put("resources", List.copyOf(terms.resources().names()));
		json.put("state", token.state().value());
		json.put("allowed_ips", terms.networks().toStrings());
		json.put("rate_limit", terms.rateLimit());
		json.put("created_at", text(history.createdAt()));
		json.put("not_before", text(terms.notBefore()));
		json.put("expires_at", text(terms.expiresAt()));
		json.put("last_used_at", text(history.lastUsedAt()));
		json.put("last_used_ip", history.lastUsedIp());
		return json;
	}

	static @Nullable String text(@Nullable Instant moment) {
		return (moment != null) ? moment.toString() : null;
	}

}
