package dev.latchkey.web;

import java.io.IOException;
import java.util.Enumeration;
import java.util.List;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Refuses a request with two values where a header has one (RFC 9110 section 5.3): a
 * proxy that judges the last would judge another one than is read here, which is the
 * first. Length and host the container compares, credentials their readers, and what is
 * meant as a list is one however many lines it has.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
class SingleHeadersFilter implements Filter {

	private static final List<String> SINGLE = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ORIGIN);

	private final ProblemWriter problems;

	SingleHeadersFilter(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	public void doFilter(ServletRequest given, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletRequest request = (HttpServletRequest) given;
		for (String header : SINGLE) {
			if (isGivenTwice(header, request) && BodyLimitFilter.isRead(request)) {
				this.problems.write(request, (HttpServletResponse) response, ProblemCode.MALFORMED_REQUEST,
						"The header %s is given twice.".formatted(header));
				return;
			}
		}
		chain.doFilter(request, response);
	}

	private static boolean isGivenTwice(String header, HttpServletRequest request) {
		Enumeration<String> values = request.getHeaders(header);
		if (!values.hasMoreElements()) {
			return false;
		}
		values.nextElement();
		return values.hasMoreElements();
	}

}
