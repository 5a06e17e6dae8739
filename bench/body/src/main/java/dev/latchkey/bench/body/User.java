package dev.latchkey.bench.body;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A body of the size of Latchkey's own.
 */
public record User(UUID id, String email, String name, Set<String> roles, Token token) {

	/** The one that is always answered. */
	public static final User ONE = new User(UUID.fromString("01890a5d-ac96-774b-8cce-b302099a8057"),
			"user-0000042@bench.latchkey.dev", "Bench user 42", Set.of("USER"),
			new Token(UUID.fromString("01890a5d-ac96-774b-8cce-b302099a8058"), "Deploy script 420",
					List.of("orders:read", "user:read"), List.of("latchkey"), "lkp_…Zz09",
					Instant.parse("2027-01-02T03:04:05.678901Z"), List.of(),
					Instant.parse("2026-10-04T03:04:05.678901Z"), Instant.parse("2026-11-02T03:04:05.678901Z"),
					"127.0.0.1", "active"));

	/** The token in it. */
	public record Token(UUID id, String name, List<String> scopes, List<String> resources, String hint,
			Instant expiresAt, List<String> allowedIps, Instant createdAt, Instant lastUsedAt, String lastUsedIp,
			String state) {
	}

}
