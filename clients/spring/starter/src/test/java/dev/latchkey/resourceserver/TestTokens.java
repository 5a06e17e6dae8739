package dev.latchkey.resourceserver;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.latchkey.resourceserver.Answer.Active;
import dev.latchkey.resourceserver.Answer.Terms;

/**
 * Tokens, and what is said of them.
 */
public final class TestTokens {

	private TestTokens() {
	}

	/** Returns one of good form. */
	public static String raw(int number) {
		String body = "lkp_" + "%043d".formatted(number);
		return body + TokenForm.checksum(body);
	}

	static VerifiedToken token(String... scopes) {
		return new VerifiedToken("owner", "ada@example.org", Set.of(scopes), "id", null, List.of(), null, null);
	}

	static Active active(int... places) {
		return new Active(token("orders:read"), terms("r", 60, places), false, null);
	}

	static Terms terms(String rules, long seconds, int... places) {
		return new Terms(java.util.Arrays.stream(places).boxed().toList(), rules, Duration.ofSeconds(seconds));
	}

}
