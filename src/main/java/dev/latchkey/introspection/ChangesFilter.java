package dev.latchkey.introspection;

import java.io.IOException;
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
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.introspection.ChangeStream.Follower;
import dev.latchkey.introspection.Requesters.Requester;
import dev.latchkey.introspection.RequestingClients.RequestingClient;
import dev.latchkey.net.Arrival;
import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.verification.Beliefs;
import dev.latchkey.verification.ChangeFeed;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets services that keep answers of introspection hear of changes, as a stream of events
 * ({@code docs/remote-verification.md}).
 */
class ChangesFilter extends OncePerRequestFilter {

	/** A client comes back, perhaps to another node, and proves itself anew. */
	private static final Duration LONGEST = Duration.ofMinutes(5);

	private static final String RETRY_AFTER = "5";

	private final OAuthResponses responses;

	private final ProblemWriter problems;

	private final Requesters requesters;

	private final TokenVerifier verifier;

	private final ChangeFeed feed;

	private final ChangeStreams streams;

	private final AnswerRules rules;

	private final Clock clock;

	ChangesFilter(OAuthResponses responses, ProblemWriter problems, Requesters requesters, TokenVerifier verifier,
			ChangeFeed feed, ChangeStreams streams, AnswerRules rules, Clock clock) {
		this.responses = responses;
		this.problems = problems;
		this.requesters = requesters;
		this.verifier = verifier;
		this.feed = feed;
		this.streams = streams;
		this.rules = rules;
		this.clock = clock;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException {
		try {
			Requester requester = this.requesters.of(new OAuthForm(new WithoutParameters(request)), response);
			if (HttpMethod.HEAD.matches(request.getMethod())) {
				writeHeaders(response);
			}
			else {
				follow(requester, request, response);
			}
		}
		catch (OAuthException refusal) {
			this.responses.write(response, refusal);
		}
		catch (DataAccessException | TransactionException ex) {
			if (!DatabaseOutage.isCauseOf(ex)) {
				throw ex;
			}
			this.problems.writeUnavailable(request, response);
		}
	}

	private void follow(Requester requester, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		Follower follower = follower(requester, request);
		ChangeStreams.Room room = this.streams.reserve(follower.name());
		if (room == ChangeStreams.Room.NONE_FOR_YOU) {
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
			throw new OAuthException("rate_limited", "This caller has as many streams open as it may have.")
				.as(HttpStatus.TOO_MANY_REQUESTS);
		}
		ChangeFeed.Start start = (room == ChangeStreams.Room.TAKEN) ? this.feed.start().orElse(null) : null;
		if (start == null) {
			if (room == ChangeStreams.Room.TAKEN) {
				this.streams.release(follower.name());
			}
			this.problems.write(request, response, ProblemCode.UNAVAILABLE,
					"This node does not hear of changes now, or too many follow it. Try again in a moment.");
			return;
		}
		open(follower, start, System.nanoTime() + life(requester.token()).toNanos(), request, response);
	}

	private void open(Follower follower, ChangeFeed.Start start, long endsAt, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		boolean opened = false;
		try {
			writeHeaders(response);
			AsyncContext context = request.startAsync();
			context.setTimeout(0);
			ChangeStream stream = new ChangeStream(this.feed, this.streams, follower, context,
					response.getOutputStream(), start, this.rules.hash(), endsAt);
			context.addListener(stream);
			response.getOutputStream().setWriteListener(stream);
			opened = true;
		}
		finally {
			if (!opened) {
				this.streams.release(follower.name());
			}
		}
	}

	private static void writeHeaders(HttpServletResponse response) {
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
		response.setHeader("X-Accel-Buffering", "no");
		response.setHeader("X-Content-Type-Options", "nosniff");
	}

	/** No longer than the token with which it was opened. */
	private Duration life(@Nullable VerifiedToken token) {
		Instant end = (token != null) ? token.times().end() : null;
		Duration left = (end != null) ? Duration.between(this.clock.instant(), end) : LONGEST;
		return (left.compareTo(LONGEST) < 0) ? left : LONGEST;
	}

	private Follower follower(Requester requester, HttpServletRequest request) {
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
