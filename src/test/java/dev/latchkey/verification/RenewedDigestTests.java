package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import dev.latchkey.limit.TokenLimits;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.DigestsAtRest;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenLives;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.token.TokenReader;
import dev.latchkey.token.TokenReuse;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A row comes under another pepper while somebody asks for its token by the id.
 */
@LatchkeyTest
class RenewedDigestTests {

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private DigestsAtRest digests;

	@Autowired
	private ScopeCatalogue catalogue;

	@Autowired
	private TokenLives lives;

	@Autowired
	private TokenReader reader;

	@Autowired
	private TokenReuse reuse;

	@Autowired
	private TokenProperties properties;

	@Autowired
	private TokenLimits limits;

	@Autowired
	private Clock clock;

	@Test
	void aTokenIsGoodThoughItsDigestIsRenewedBetweenReadingItAndLookingItUp() {
		IssuedToken token = this.people.token(this.people.user(), "user:read");
		UUID id = token.details().id();
		assertThat(verifier().inspect(id, InetAddress.getLoopbackAddress())).isPresent();
		assertThat(verifier().inspect(UUID.randomUUID(), InetAddress.getLoopbackAddress())).isEmpty();
	}

	private TokenVerifier verifier() {
		CacheProperties cache = new CacheProperties(false, 10, Duration.ofSeconds(2), Duration.ofMinutes(1), null);
		Invalidations invalidations = new Invalidations();
		TokenLoader loader = new TokenLoader(new RenewingStatement(), invalidations);
		LivingTokens tokens = new LivingTokens(this.reader,
				new VerifiedTokenCache(cache, new ListenerPulse(cache), invalidations), loader, this.properties,
				this.clock);
		VerificationCounts counts = new VerificationCounts();
		return new TokenVerifier(tokens, new LastUseRecorder(new LastUseWriter(JdbcClient.create(this.jdbc))),
				new RightsPool(this.catalogue), this.limits, counts,
				new RefusalRecorder(this.reuse, counts, (event) -> {
				}), this.clock);
	}

	/** Renews a digest once, just after it was read. */
	private final class RenewingStatement extends TokenStatement {

		private boolean renewed;

		RenewingStatement() {
			super(RenewedDigestTests.this.jdbc, RenewedDigestTests.this.digests,
					new RightsPool(RenewedDigestTests.this.catalogue), RenewedDigestTests.this.lives);
		}

		@Override
		Optional<TokenDigest> digest(UUID id) {
			Optional<TokenDigest> read = super.digest(id);
			if (!this.renewed) {
				this.renewed = true;
				byte[] other = new byte[33];
				ThreadLocalRandom.current().nextBytes(other);
				RenewedDigestTests.this.jdbc.update("update api_token set digest = ? where id = ?", other, id);
			}
			return read;
		}

	}

}
