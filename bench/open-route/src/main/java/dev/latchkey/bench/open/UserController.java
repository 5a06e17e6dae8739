package dev.latchkey.bench.open;

import java.time.Instant;
import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers with a body of the fields and the size of Latchkey's own, from constants.
 */
@RestController
class UserController {

	private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678901Z");

	private static final User USER = new User("01890a5d-ac96-774b-bcce-b302099a8057", "user-00042@bench.latchkey.dev",
			"Bench user 42", List.of("USER"),
			new Token("01890a5d-ac96-774b-bcce-b302099a8058", "bench", List.of("orders:read", "user:read"), "lkp_…Zz09",
					THEN.plusSeconds(7_776_000), null, List.of(), null, THEN, null, null, "active", null));

	@GetMapping("/api/user")
	User user() {
		return USER;
	}

	record User(String id, String email, String name, List<String> roles, Token token) {
	}

	record Token(String id, String name, List<String> scopes, String hint, Instant expiresAt, Instant notBefore,
			List<String> allowedIps, Integer rateLimit, Instant createdAt, Instant lastUsedAt, String lastUsedIp,
			String state, Instant revokedAt) {
	}

}
