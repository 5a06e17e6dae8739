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
 * Has an endpoint of OAuth in an application that embeds this take a form as it does in
 * the server: from the body alone, and no larger than any body. A form whose length was
 * not announced has been read by then, as far as the application's container reads one.
 */
final class EmbeddedForms implements Filter {

	private final long limit;

	private final ProblemWriter problems;

	EmbeddedForms(DataSize limit, ProblemWriter problems) {
		this.limit = limit.toBytes();
		this.problems = problems;
	}

	@Override
	public void doFilter(ServletRequest given, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		FormOnlyRequest form = new FormOnlyRequest((HttpServletRequest) given);
		if (given.getContentLengthLong() < 0 && isTooLarge(form)) {
			this.problems.write(form, (HttpServletResponse) response, ProblemCode.PAYLOAD_TOO_LARGE,
					LimitedRequest.tooLarge(this.limit));
			return;
		}
		chain.doFilter(form, response);
	}

	private boolean isTooLarge(FormOnlyRequest form) {
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
