package dev.latchkey.web;

import java.io.IOException;
import java.util.Arrays;
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

import org.springframework.util.unit.DataSize;

/**
 * Refuses a form whose length was not announced if it is larger than a body may be. It
 * has been read by then, as far as the application's container reads one: filters of the
 * application's come before, and ask for its parameters.
 */
final class UnannouncedForms implements Filter {

	private final long limit;

	private final ProblemWriter problems;

	UnannouncedForms(DataSize limit, ProblemWriter problems) {
		this.limit = limit.toBytes();
		this.problems = problems;
	}

	@Override
	public void doFilter(ServletRequest form, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (form.getContentLengthLong() < 0 && isTooLarge(form)) {
			this.problems.write((HttpServletRequest) form, (HttpServletResponse) response,
					ProblemCode.PAYLOAD_TOO_LARGE, LimitedRequest.tooLarge(this.limit));
			return;
		}
		chain.doFilter(form, response);
	}

	private boolean isTooLarge(ServletRequest form) {
		long length = 0;
		try {
			for (Map.Entry<String, String[]> field : form.getParameterMap().entrySet()) {
				length += field.getKey().length() + Arrays.stream(field.getValue()).mapToLong(String::length).sum();
			}
		}
		catch (IllegalStateException ex) {
			// The container cannot read it: whoever asks for a parameter says so.
			return false;
		}
		return length > this.limit;
	}

}
