package dev.latchkey.resourceserver;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.latchkey.resourceserver.Json.Fields;
import org.jspecify.annotations.Nullable;

/**
 * What came of a question.
 */
sealed interface Answer {

	/**
	 * Reads the body of an answer with status 200. What does not say that it holds for
	 * every address holds for this one.
	 */
	static Answer read(String body) throws UnreadableAnswerException {
		Fields fields = Json.object(body);
		if (!fields.requireBoolean("active")
				|| fields.string("token_type").filter("refresh_token"::equals).isPresent()) {
			return new Inactive();
		}
		VerifiedToken token = new VerifiedToken(fields.requireString("sub"), fields.string("username").orElse(null),
				scopes(fields.string("scope").orElse("")), fields.string("jti").orElse(null),
				fields.string("client_id").orElse(null), fields.strings("aud"), time(fields, "iat"),
				time(fields, "exp"));
		return new Active(token, Terms.read(fields).orElse(null), fields.flag("address_bound").orElse(true),
				fields.number("rate_limit").orElse(null));
	}

	private static Set<String> scopes(String scope) {
		return Arrays.stream(scope.split(" ")).filter((name) -> !name.isEmpty()).collect(Collectors.toSet());
	}

	private static @Nullable Instant time(Fields fields, String name) throws UnreadableAnswerException {
		return fields.number(name).map(Instant::ofEpochSecond).orElse(null);
	}

	/**
	 * The token is good.
	 *
	 * @param token what is said of it
	 * @param terms how long the answer may be kept, or null for not at all
	 * @param addressBound whether it holds for this address alone
	 * @param rateLimit how often a minute it may be used, or null
	 */
	record Active(VerifiedToken token, @Nullable Terms terms, boolean addressBound,
			@Nullable Long rateLimit) implements Answer {

		/** Returns whether it is one for the service, where that has a name. */
		boolean isFor(@Nullable String resource) {
			return resource == null || this.token.audience().contains(resource);
		}

	}

	/** It is not. */
	record Inactive() implements Answer {

	}

	/** It was used too often, which the server counts. */
	record Limited(RateLimit limit) implements Answer {

	}

	/** Nobody knows. */
	record Unknown(Duration retryAfter) implements Answer {

	}

	/**
	 * How long an answer may be kept.
	 *
	 * @param places the marks that end it
	 * @param rules the rules that it was given by
	 * @param life the longest
	 */
	record Terms(List<Integer> places, String rules, Duration life) {

		private static Optional<Terms> read(Fields fields) throws UnreadableAnswerException {
			Optional<int[]> places = fields.numbers("places");
			Optional<String> rules = fields.string("rules");
			if (places.isEmpty() || rules.isEmpty() || Arrays.stream(places.get()).anyMatch(Terms::isUnknown)) {
				return Optional.empty();
			}
			long seconds = fields.requireNumber("believe_s");
			Optional<Long> end = fields.number("exp");
			if (end.isPresent()) {
				seconds = Math.min(seconds, end.get() - fields.requireNumber("now"));
			}
			return (seconds > 0) ? Optional
				.of(new Terms(Arrays.stream(places.get()).boxed().toList(), rules.get(), Duration.ofSeconds(seconds)))
					: Optional.empty();
		}

		private static boolean isUnknown(int place) {
			return place < 0 || place >= Belief.PLACES;
		}

	}

}
