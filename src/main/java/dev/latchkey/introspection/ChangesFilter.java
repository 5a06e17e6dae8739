package dev.latchkey.introspection;

import java.io.IOException;

import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.introspection.ChangeStream.Follower;
import dev.latchkey.introspection.Requesters.Requester;
import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.verification.ChangeFeed;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

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

	private static final String RETRY_AFTER = "5";

	private final OAuthResponses responses;

	private final ProblemWriter problems;

	private final ChangeFollowers followers;

	private final ChangeFeed feed;

	private final ChangeStreams streams;

	private final AnswerRules rules;

	ChangesFilter(OAuthResponses responses, ProblemWriter problems, ChangeFollowers followers, ChangeFeed feed,
			ChangeStreams streams, AnswerRules rules) {
		this.responses = responses;
		this.problems = problems;
		this.followers = followers;
		this.feed = feed;
		this.streams = streams;
		this.rules = rules;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException {
		try {
			Requester requester = this.followers.prove(request, response);
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
		Follower follower = this.followers.of(requester, request);
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
		open(follower, start, System.nanoTime() + this.followers.life(requester).toNanos(), request, response);
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

}
