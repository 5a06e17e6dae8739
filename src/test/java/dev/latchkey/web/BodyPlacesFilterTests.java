package dev.latchkey.web;

import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.testing.LatchkeyTest;
import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class BodyPlacesFilterTests {

	@Autowired
	private ProblemWriter problems;

	/** Each request here is served within the one before it. */
	@Test
	void aQuarterOfTheThreadsIsLeftToRequestsWithoutABody() throws Exception {
		BodyPlacesFilter filter = new BodyPlacesFilter(4, new MockEnvironment(), this.problems);
		MockHttpServletRequest body = new MockHttpServletRequest("POST", "/api/login");
		body.setContent(new byte[10]);
		MockHttpServletRequest none = new MockHttpServletRequest("GET", "/livez");
		MockHttpServletResponse fourth = new MockHttpServletResponse();
		MockHttpServletResponse alive = new MockHttpServletResponse();
		FilterChain chain = (request, response) -> {
			filter.doFilter(body, fourth, (further, answer) -> fourth.setStatus(200));
			filter.doFilter(none, alive, (further, answer) -> alive.setStatus(204));
		};
		for (int i = 0; i < 3; i++) {
			FilterChain inner = chain;
			chain = (request, response) -> filter.doFilter(body, response, inner);
		}
		chain.doFilter(body, new MockHttpServletResponse());
		assertThat(fourth.getStatus()).isEqualTo(503);
		assertThat(fourth.getHeader("Retry-After")).isNotNull();
		assertThat(alive.getStatus()).isEqualTo(204);
		MockHttpServletResponse later = new MockHttpServletResponse();
		filter.doFilter(body, later, (request, response) -> later.setStatus(201));
		assertThat(later.getStatus()).isEqualTo(201);
	}

}
