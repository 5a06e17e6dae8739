package dev.latchkey.introspection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.limit.TokenLimits;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.verification.Beliefs;
import dev.latchkey.verification.VerifiedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Says with an answer under which marks, under which rules and for how long a service may
 * keep it. What a row says of a time that lies ahead, nobody will tell of when it comes:
 * until the first such time at the most, an answer is believed.
 */
@Component
class KeepingTerms {

	/** Of rows that are changed while triggers are off nobody is told. */
	private static final Duration LONGEST = Duration.ofSeconds(60);

	private final AnswerRules rules;

	private final ScopeCatalogue catalogue;

	private final TokenProperties properties;

	private final TokenLimits limits;

	private final Clock clock;

	KeepingTerms(AnswerRules rules, ScopeCatalogue catalogue, TokenProperties properties, TokenLimits limits,
			Clock clock) {
		this.rules = rules;
		this.catalogue = catalogue;
		this.properties = properties;
		this.limits = limits;
		this.clock = clock;
	}

	KeptToken of(ActiveToken answer, VerifiedToken token, @Nullable UUID... clients) {
		Instant now = this.clock.instant();
		List<Integer> places = Stream
			.concat(Stream.of(token.tokenId(), token.caller().userId(), Beliefs.RESOURCES),
					Arrays.stream(clients).filter((client) -> client != null))
			.map(Beliefs::place)
			.distinct()
			.sorted()
			.toList();
		return new KeptToken(answer, now.plusNanos(999_999_999).getEpochSecond(), places, this.rules.hash(),
				!token.networks().blocks().isEmpty(), this.limits.areOn() ? token.rateLimit() : null,
				believed(answer, token, now));
	}

	private long believed(ActiveToken answer, VerifiedToken token, Instant now) {
		Set<String> scopes = Set.of(answer.scope().split(" "));
		Stream<Instant> retirements = token.resources().equals(Resources.OWN) ? Stream.empty()
				: this.catalogue.others()
					.values()
					.stream()
					.filter((scope) -> scopes.contains(scope.name()))
					.map(Scope::retiredAt);
		Duration left = Stream
			.concat(retirements, Stream.of(token.times().end(), this.properties.idleLifetime().endFrom(now)))
			.filter((end) -> end != null)
			.map((end) -> Duration.between(now, end))
			.reduce(LONGEST, (one, other) -> (one.compareTo(other) < 0) ? one : other);
		return Math.max(0, left.toSeconds());
	}

}
