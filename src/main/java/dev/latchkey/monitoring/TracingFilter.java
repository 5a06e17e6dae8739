package dev.latchkey.monitoring;

import java.io.IOException;
import java.util.List;

import dev.latchkey.net.RequestId;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Makes a span of each request, with its route, its status and what the request is
 * called, which may be the client's word and is no token. Nothing else that a client
 * wrote goes into it: no path, no query, no header, and of an exception its class alone.
 */
class TracingFilter implements Filter {

	/** Under which names the log knows them, which are those of ECS. */
	private static final String LOGGED_TRACE = "trace.id";

	private static final String LOGGED_SPAN = "span.id";

	private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");

	private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");

	private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

	private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

	private static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("latchkey.request_id");

	private static final int FIRST_OF_SERVERS_FAULTS = 500;

	private final Tracer tracer;

	TracingFilter(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		Span span = begin((HttpServletRequest) request);
		MDC.put(LOGGED_TRACE, span.getSpanContext().getTraceId());
		MDC.put(LOGGED_SPAN, span.getSpanContext().getSpanId());
		try {
			RequestEnd.follow(request, response, chain,
					(failure) -> end(span, (HttpServletRequest) request, (HttpServletResponse) response, failure));
		}
		finally {
			MDC.remove(LOGGED_TRACE);
			MDC.remove(LOGGED_SPAN);
		}
	}

	private Span begin(HttpServletRequest request) {
		Context caller = W3CTraceContextPropagator.getInstance()
			.extract(Context.root(), request, new TraceParentAlone());
		return this.tracer.spanBuilder(method(request)).setParent(caller).setSpanKind(SpanKind.SERVER).startSpan();
	}

	private void end(Span span, HttpServletRequest request, HttpServletResponse response, @Nullable Throwable failure) {
		if (span.isRecording()) {
			int status = AnsweredRequest.status(response, failure);
			span.setAttribute(METHOD, method(request));
			span.setAttribute(STATUS, status);
			String route = AnsweredRequest.route(request);
			if (route != null) {
				span.setAttribute(ROUTE, route);
				span.updateName(method(request) + " " + route);
			}
			String id = RequestId.of(request);
			if (id != null) {
				span.setAttribute(REQUEST_ID, id);
			}
			if (status >= FIRST_OF_SERVERS_FAULTS) {
				span.setStatus(StatusCode.ERROR);
				span.setAttribute(ERROR, (failure != null) ? failure.getClass().getName() : String.valueOf(status));
			}
		}
		span.end();
	}

	private static String method(HttpServletRequest request) {
		return AnsweredRequest.method(request, "_OTHER");
	}

	/**
	 * Of what a caller sends about its trace the ids and whether it is kept, which are
	 * digits. What {@code tracestate} says would go on to whoever takes the traces.
	 */
	private static final class TraceParentAlone implements TextMapGetter<HttpServletRequest> {

		private static final String HEADER = "traceparent";

		@Override
		public Iterable<String> keys(HttpServletRequest request) {
			return List.of(HEADER);
		}

		@Override
		public @Nullable String get(@Nullable HttpServletRequest request, String key) {
			return (request != null && key.equals(HEADER)) ? request.getHeader(HEADER) : null;
		}

	}

}
