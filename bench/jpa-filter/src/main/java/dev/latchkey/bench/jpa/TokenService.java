package dev.latchkey.bench.jpa;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class TokenService {

	private static final Duration LIFETIME = Duration.ofDays(90);

	private final SecureRandom random = new SecureRandom();

	private final ApiTokenRepository tokens;

	private final AccountRepository accounts;

	TokenService(ApiTokenRepository tokens, AccountRepository accounts) {
		this.tokens = tokens;
		this.accounts = accounts;
	}

	@Transactional
	IssuedToken issue(Long owner, NewToken request) {
		byte[] secret = new byte[32];
		this.random.nextBytes(secret);
		String raw = HexFormat.of().formatHex(secret);
		Instant now = Instant.now();
		ApiToken token = this.tokens.save(new ApiToken(TokenHash.of(raw), this.accounts.getReferenceById(owner),
				request.name(), String.join(" ", request.scopes()), now, now.plus(LIFETIME)));
		return new IssuedToken(TokenView.of(token), raw);
	}

}
