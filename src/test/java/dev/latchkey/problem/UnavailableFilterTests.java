package dev.latchkey.problem;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What cannot be decided now is 503, however deep in a page it was found out.
 */
class UnavailableFilterTests {

	private final UnavailableFilter filter = new UnavailableFilter();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatIsUnavailableIs503(boolean wrapped) throws ServletException, IOException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		UnavailableException failure = new UnavailableException("Every place is taken.");
		MockHttpServletRequest asked = new MockHttpServletRequest();
		this.filter.doFilter(asked, response, (request, answer) -> {
			if (wrapped) {
				throw new ServletException("Request processing failed", failure);
			}
			throw failure;
		});
		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(asked.getAttribute(Problems.DETAIL)).isEqualTo("Every place is taken.");
	}

	@Test
	void anotherFailureIsNone() {
		ServletException failure = new ServletException(new IllegalStateException());
		assertThatExceptionOfType(ServletException.class).isThrownBy(() -> this.filter
			.doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), (request, answer) -> {
				throw failure;
			})).isSameAs(failure);
	}

}
