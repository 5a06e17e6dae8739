package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;

import javax.sql.DataSource;

import dev.latchkey.limit.TokenLimits;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.token.DigestsAtRest;
import dev.latchkey.token.TokenLives;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.token.TokenReader;
import dev.latchkey.token.TokenReuse;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Another node on the same database: a cache, a listener and a verifier of its own.
 */
final class Node implements AutoCloseable {

	private final ListenerPulse pulse;

	private final Invalidations invalidations = new Invalidations();

	private final ChangeListener listener;

	private final TokenVerifier verifier;

	Node(ApplicationContext context, String listenUrl) {
		this(context, listenUrl, Duration.ofSeconds(2));
	}

	Node(ApplicationContext context, String listenUrl, Duration maxStaleness) {
		CacheProperties properties = new CacheProperties(true, 10_000, maxStaleness, Duration.ofMinutes(1), listenUrl);
		JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
		this.pulse = new ListenerPulse(properties);
		this.listener = new ChangeListener(properties,
				new ListenerSettings(properties, context.getBean(JdbcConnectionDetails.class),
						context.getBean(DataSource.class)),
				jdbc, this.invalidations, this.pulse, new ChangeFeed(this.pulse));
		TokenLoader loader = new TokenLoader(
				new TokenStatement(jdbc, context.getBean(DigestsAtRest.class),
						new RightsPool(context.getBean(ScopeCatalogue.class)), context.getBean(TokenLives.class)),
				this.invalidations);
		VerificationCounts counts = new VerificationCounts();
		Clock clock = context.getBean(Clock.class);
		this.verifier = new TokenVerifier(
				new LivingTokens(context.getBean(TokenReader.class),
						new VerifiedTokenCache(properties, this.pulse, this.invalidations), loader,
						context.getBean(TokenProperties.class), clock),
				new LastUseRecorder(new LastUseWriter(JdbcClient.create(jdbc))),
				new RightsPool(context.getBean(ScopeCatalogue.class)), context.getBean(TokenLimits.class), counts,
				new RefusalRecorder(context.getBean(TokenReuse.class), counts, (event) -> {
				}), clock);
		this.listener.start();
	}

	boolean accepts(String token) {
		try {
			this.verifier.verify(token, InetAddress.getLoopbackAddress(), false);
			return true;
		}
		catch (TokenRefusedException ex) {
			return false;
		}
	}

	boolean isBelieving() {
		return this.pulse.isFresh();
	}

	ChangeListener listener() {
		return this.listener;
	}

	@Override
	public void close() {
		this.listener.stop();
	}

}
