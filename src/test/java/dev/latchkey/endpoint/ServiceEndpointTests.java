package dev.latchkey.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.latchkey.problem.ServicePaths;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every door that answers before the chains is known as one that services ask, and all
 * that depends on it knows the same ones.
 */
@LatchkeyTest
class ServiceEndpointTests {

	@Autowired
	private Http http;

	@Autowired
	private ServicePaths services;

	@Autowired
	@SuppressWarnings("rawtypes")
	private ObjectProvider<FilterRegistrationBean> filters;

	@Autowired
	@Qualifier("sessionFilter")
	private FilterRegistrationBean<Filter> sessionFilter;

	/** Fails for one that is placed there and stands in no list. */
	@Test
	void theyAreAllThatAnswerBeforeTheChains() {
		assertThat(answering()).containsExactlyInAnyOrder("/oauth2/introspect", "/oauth2/revoke",
				"/oauth2/device_authorization", "/changes");
		assertThat(this.services.all()).isEqualTo(Set.copyOf(answering()));
	}

	@Test
	void noSessionIsLookedForThereAndIsElsewhere() throws Exception {
		for (String path : answering()) {
			MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
			assertThat(behindTheSessionFilter(request)).as(path).isSameAs(request);
		}
		MockHttpServletRequest page = new MockHttpServletRequest("GET", "/tokens");
		assertThat(behindTheSessionFilter(page)).isNotSameAs(page);
	}

	@Test
	void whateverIsWrongThereIsSaidToAProgramUnderAnyName() {
		for (String path : answering()) {
			for (String host : List.of("", "evil.example")) {
				String answer = this.http.raw(("PUT %s HTTP/1.1\r\nHost: %s\r\nAccept: text/html\r\n"
						+ "Connection: close\r\nContent-Length: 0\r\n\r\n")
					.formatted(path, host));
				assertThat(answer).as(path).startsWith("HTTP/1.1 405").contains("application/json");
			}
		}
	}

	private List<String> answering() {
		List<String> paths = new ArrayList<>();
		filters().filter((one) -> one.getOrder() == EndpointOrder.ENDPOINT)
			.forEach((one) -> paths.addAll(one.getUrlPatterns()));
		return paths;
	}

	private Stream<FilterRegistrationBean<?>> filters() {
		return this.filters.stream().map((one) -> (FilterRegistrationBean<?>) one);
	}

	private ServletRequest behindTheSessionFilter(MockHttpServletRequest request) throws Exception {
		List<ServletRequest> seen = new ArrayList<>();
		this.sessionFilter.getFilter()
			.doFilter(request, new MockHttpServletResponse(), (given, response) -> seen.add(given));
		assertThat(seen).hasSize(1);
		return seen.get(0);
	}

}
