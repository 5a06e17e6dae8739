package dev.latchkey.monitoring;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Times each request from the first filter to the end of the answer.
 */
class RequestTimerFilter implements Filter {

	private final RequestTimers timers;

	RequestTimerFilter(RequestTimers timers) {
		this.timers = timers;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		Timing timing = new Timing((HttpServletRequest) request, (HttpServletResponse) response, System.nanoTime());
		try {
			chain.doFilter(request, response);
		}
		catch (IOException | ServletException | RuntimeException | Error ex) {
			timing.end(ex);
			throw ex;
		}
		if (request.isAsyncStarted()) {
			request.getAsyncContext().addListener(timing);
		}
		else {
			timing.end(null);
		}
	}

	/** A request under way. */
	private final class Timing implements AsyncListener {

		private final HttpServletRequest request;

		private final HttpServletResponse response;

		private final long start;

		private Timing(HttpServletRequest request, HttpServletResponse response, long start) {
			this.request = request;
			this.response = response;
			this.start = start;
		}

		private void end(@Nullable Throwable failure) {
			Duration took = Duration.ofNanos(System.nanoTime() - this.start);
			RequestTimerFilter.this.timers.record(this.request, this.response, failure, took);
		}

		@Override
		public void onComplete(AsyncEvent event) {
			end(event.getThrowable());
		}

		@Override
		public void onTimeout(AsyncEvent event) {
		}

		@Override
		public void onError(AsyncEvent event) {
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

	}

}
