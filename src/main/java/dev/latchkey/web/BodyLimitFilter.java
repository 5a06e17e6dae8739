package dev.latchkey.web;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Refuses bodies over {@code latchkey.web.max-body-size}, or over the {@link BodyLimit}
 * of the path, announced or not. The container reads forms beneath this filter and has
 * the same limit by its own setting. Whether there is a body at all, HTTP/2 does not say
 * beforehand.
 * <p>
 * A body that is encoded is refused too, where it would be read as it is: nobody here
 * unpacks one, and whoever did would need a limit of its own. Proxies ask
 * {@code /forward-auth} with a client's headers, whose body is not read.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class BodyLimitFilter implements Filter {

	private final long limit;

	private final Map<String, Long> others = new HashMap<>();

	private final ProblemWriter problems;

	BodyLimitFilter(@Value("${latchkey.web.max-body-size:64KB}") DataSize limit, List<BodyLimit> others,
			ProblemWriter problems) {
		this.limit = limit.toBytes();
		others.forEach((other) -> this.others.put(other.path(), other.size().toBytes()));
		this.problems = problems;
	}

	@Override
	public void doFilter(ServletRequest given, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletRequest request = (HttpServletRequest) given;
		if (isEncoded(request) && isRead(request)) {
			// RFC 9110 section 15.5.16: what would be taken.
			((HttpServletResponse) response).setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
			this.problems.write(request, (HttpServletResponse) response, ProblemCode.UNSUPPORTED_MEDIA_TYPE,
					"The body is encoded: send it without Content-Encoding.");
			return;
		}
		long most = limit(request);
		if (request.getContentLengthLong() > most && isRead(request)) {
			this.problems.write(request, (HttpServletResponse) response, ProblemCode.PAYLOAD_TOO_LARGE,
					LimitedRequest.tooLarge(most));
			return;
		}
		chain.doFilter(mayBeEndless(request) ? new LimitedRequest(request, most) : request, response);
	}

	private long limit(HttpServletRequest request) {
		return this.others.getOrDefault(request.getRequestURI(), this.limit);
	}

	/** Proxies send on what a client says of its body, of which they send nothing. */
	static boolean isRead(HttpServletRequest request) {
		String path = request.getRequestURI();
		return !(path.equals("/forward-auth") || path.equals("/forward-auth/"));
	}

	private static boolean isEncoded(HttpServletRequest request) {
		return request.getHeader(HttpHeaders.CONTENT_ENCODING) != null
				&& (request.getContentLengthLong() > 0 || mayBeEndless(request));
	}

	/** Of HTTP/1, RFC 9112 section 6.3. */
	private static boolean mayBeEndless(HttpServletRequest request) {
		return request.getContentLengthLong() < 0 && (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
				|| !request.getProtocol().startsWith("HTTP/1"));
	}

}
