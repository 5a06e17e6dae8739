package dev.latchkey.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a body that a route does not read (RFC 9110 section 9.3.5 allows it): whoever
 * writes {@code {"except_current": true}} into the body of a {@code DELETE} would end
 * what he wants to keep. An empty object says nothing, and clients send it unasked.
 */
class UnaskedBodyInterceptor implements HandlerInterceptor {

	private static final Set<String> WITHOUT_BODIES = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	/** More than an empty object with blanks has. */
	private static final int LOOKED_AT = 64;

	private final BodyReaders readers = new BodyReaders();

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (handler instanceof HandlerMethod && !WITHOUT_BODIES.contains(request.getMethod())
				&& !this.readers.contain(handler) && says(request)) {
			throw new ProblemException(ProblemCode.MALFORMED_REQUEST,
					"This route takes no body; what there is to say stands in the query.", List.of());
		}
		return true;
	}

	private static boolean says(HttpServletRequest request) throws IOException {
		if (request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
			return false;
		}
		byte[] begin = request.getInputStream().readNBytes(LOOKED_AT);
		String body = new String(begin, StandardCharsets.UTF_8).strip();
		return begin.length == LOOKED_AT || (!body.isEmpty() && !body.equals("{}"));
	}

}
