package dev.latchkey.problem;

import java.io.IOException;
import java.sql.SQLException;

import dev.latchkey.persistence.DatabaseOutage;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.TransactionSystemException;

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

	/** A change may have been made all the same, and reading changes nothing. */
	@ParameterizedTest
	@ValueSource(strings = { "POST", "GET" })
	void ofACommitThatWasNotAnsweredNobodyKnows(String method) throws ServletException, IOException {
		SQLException lost = new SQLException("An I/O error occurred", "08006");
		lost.setStackTrace(new StackTraceElement[] {
				new StackTraceElement("org.postgresql.jdbc.PgConnection", "commit", "PgConnection.java", 1) });
		MockHttpServletRequest asked = new MockHttpServletRequest(method, "/account/name");
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filter.doFilter(asked, response, (request, answer) -> {
			throw new TransactionSystemException("Could not commit", lost);
		});
		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(asked.getAttribute(Problems.DETAIL))
			.isEqualTo(method.equals("POST") ? DatabaseOutage.UNKNOWN_DETAIL : null);
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
