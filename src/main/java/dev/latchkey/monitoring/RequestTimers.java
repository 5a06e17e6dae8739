package dev.latchkey.monitoring;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Keeps {@code http.server.requests} with the tags that Spring Boot gives it, one timer
 * for each combination. No tag has a value of the client's own making.
 */
@Component
class RequestTimers {

	private final MeterRegistry registry;

	private final Map<Tags, Timer> timers = new ConcurrentHashMap<>();

	RequestTimers(MeterRegistry registry) {
		this.registry = registry;
	}

	void record(HttpServletRequest request, HttpServletResponse response, @Nullable Throwable failure, Duration took) {
		String method = AnsweredRequest.method(request, "UNKNOWN");
		int status = AnsweredRequest.status(response, failure);
		String exception = (failure != null) ? failure.getClass().getSimpleName() : "none";
		Tags tags = new Tags(method, uri(request, status), status, exception);
		Timer timer = this.timers.get(tags);
		if (timer == null) {
			timer = this.timers.computeIfAbsent(tags, this::timer);
		}
		timer.record(took);
	}

	private static String uri(HttpServletRequest request, int status) {
		String route = AnsweredRequest.route(request);
		if (route != null) {
			return route;
		}
		if (status == HttpServletResponse.SC_NOT_FOUND) {
			return "NOT_FOUND";
		}
		return (status / 100 == 3) ? "REDIRECTION" : "UNKNOWN";
	}

	private Timer timer(Tags tags) {
		return Timer.builder("http.server.requests")
			.tag("method", tags.method())
			.tag("uri", tags.uri())
			.tag("status", String.valueOf(tags.status()))
			.tag("outcome", outcome(tags.status()))
			.tag("exception", tags.exception())
			.tag("error", tags.exception())
			.register(this.registry);
	}

	private static String outcome(int status) {
		return switch (status / 100) {
			case 1 -> "INFORMATIONAL";
			case 2 -> "SUCCESS";
			case 3 -> "REDIRECTION";
			case 4 -> "CLIENT_ERROR";
			case 5 -> "SERVER_ERROR";
			default -> "UNKNOWN";
		};
	}

	/** Compared on each request, so without what a record would bring for that. */
	private record Tags(String method, String uri, int status, String exception) {

		@Override
		public int hashCode() {
			return (this.uri.hashCode() * 31 + this.method.hashCode()) * 31 + this.status;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Tags that && this.status == that.status && this.uri.equals(that.uri)
					&& this.method.equals(that.method) && this.exception.equals(that.exception);
		}

	}

}
