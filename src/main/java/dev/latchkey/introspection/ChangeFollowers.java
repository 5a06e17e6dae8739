package dev.latchkey.introspection;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.introspection.ChangeStream.Follower;
import dev.latchkey.introspection.Requesters.Requester;
import dev.latchkey.introspection.RequestingClients.RequestingClient;
import dev.latchkey.net.Arrival;
import dev.latchkey.verification.Beliefs;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Who may follow changes, for how long, and how it is found out meanwhile whether it
 * still may.
 */
@Component
class ChangeFollowers {

	/** A client comes back, perhaps to another node, and proves itself anew. */
	private static final Duration LONGEST = Duration.ofMinutes(5);

	private final Requesters requesters;

	private final TokenVerifier verifier;

	private final Clock clock;

	ChangeFollowers(Requesters requesters, TokenVerifier verifier, Clock clock) {
		this.requesters = requesters;
		this.verifier = verifier;
		this.clock = clock;
	}

	/**
	 * Returns who asks to follow.
	 * @param response takes headers, for refusals too
	 * @throws OAuthException if it may not
	 */
	Requester prove(HttpServletRequest request, HttpServletResponse response) {
		return this.requesters.of(new OAuthForm(new WithoutParameters(request)), response);
	}

	Follower of(Requester requester, HttpServletRequest request) {
		VerifiedToken token = requester.token();
		if (token == null) {
			RequestingClient asking = Objects.requireNonNull(requester.client());
			UUID client = asking.id();
			return new Follower("client " + client, Set.of(Beliefs.place(client)), this.requesters.standing(asking));
		}
		UUID id = token.tokenId();
		InetAddress address = Arrival.address(request);
		return new Follower("account " + token.caller().userId(),
				Set.copyOf(List.of(Beliefs.place(id), Beliefs.place(token.caller().userId()))),
				() -> this.verifier.inspect(id, address)
					.filter((found) -> found.caller().can(Requesters.SCOPE))
					.isPresent());
	}

	/**
	 * Returns how long it may follow: no longer than the token lives with which it asks.
	 */
	Duration life(Requester requester) {
		Instant end = (requester.token() != null) ? requester.token().times().end() : null;
		Duration left = (end != null) ? Duration.between(this.clock.instant(), end) : LONGEST;
		return (left.compareTo(LONGEST) < 0) ? left : LONGEST;
	}

	/** Who is following says so in the header alone. */
	private static final class WithoutParameters extends HttpServletRequestWrapper {

		private WithoutParameters(HttpServletRequest request) {
			super(request);
		}

		@Override
		public String @Nullable [] getParameterValues(String name) {
			return null;
		}

	}

}
