package dev.latchkey.token;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.value.Texts;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells the holder of a token why it does not work; holding it is the right to know.
 */
@Service
public class TokenDiagnosis {

	private static final String MALFORMED = "malformed";

	private static final String UNKNOWN = "unknown";

	private final ApiTokenRepository tokens;

	private final DigestsAtRest digests;

	private final TokenReader reader;

	private final TokenObstacles obstacles;

	private final TokenLives lives;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenDiagnosis(ApiTokenRepository tokens, DigestsAtRest digests, TokenReader reader, TokenObstacles obstacles,
			TokenLives lives, ApplicationEventPublisher events, Clock clock) {
		this.tokens = tokens;
		this.digests = digests;
		this.reader = reader;
		this.obstacles = obstacles;
		this.lives = lives;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Returns what is known about the token; asking is no use of it, and blanks around it
	 * do not count.
	 */
	@Transactional(readOnly = true)
	public Diagnosis diagnose(Actor by, String copied) {
		String candidate = Texts.strip(copied);
		RawToken raw = this.reader.parse(candidate).orElse(null);
		if (raw == null) {
			publish(by, null, MALFORMED);
			return new Diagnosis(MALFORMED, this.reader.explain(candidate).stream().toList(), List.of(), null);
		}
		return this.tokens.findByDigestIn(this.digests.bytesOf(raw))
			.filter((token) -> token.isPresentedAs(raw))
			.map((token) -> diagnose(by, token))
			.orElseGet(() -> unknown(by));
	}

	private Diagnosis unknown(Actor by) {
		publish(by, null, UNKNOWN);
		return new Diagnosis(UNKNOWN,
				List.of("no token of this server is this one; it may have been deleted after its end"), List.of(),
				null);
	}

	private void publish(Actor by, @Nullable ApiToken token, String state) {
		this.events.publishEvent(
				AuditedAct
					.ofToken(AuditAction.TOKEN_DIAGNOSED, by, (token != null) ? token.ownerId() : null,
							(token != null) ? token.id() : null)
					.saying(state));
	}

	private Diagnosis diagnose(Actor by, ApiToken token) {
		Instant now = this.clock.instant();
		TokenDetails details = token.details(this.lives, now);
		List<String> reasons = this.obstacles.of(token, details, by.ip(), now);
		publish(by, token, details.state().value());
		return new Diagnosis(details.state().value(), reasons, List.copyOf(details.terms().scopes().names()),
				details.terms().expiresAt());
	}

	/**
	 * What is known about a token.
	 *
	 * @param state a state of tokens, or {@code malformed} or {@code unknown}
	 * @param reasons what keeps it from working where its holder asks from, in words
	 * @param scopes what is written on it
	 * @param expiresAt when it ends, or null
	 */
	public record Diagnosis(String state, List<String> reasons, List<String> scopes, @Nullable Instant expiresAt) {

		/**
		 * Returns whether it is about a token of this server, living or not.
		 */
		@JsonIgnore
		public boolean isOfToken() {
			return !this.state.equals(MALFORMED) && !this.state.equals(UNKNOWN);
		}

	}

}
