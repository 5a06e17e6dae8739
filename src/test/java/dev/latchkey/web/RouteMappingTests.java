package dev.latchkey.web;

import java.util.List;
import java.util.Objects;

import jakarta.servlet.ServletException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is found at once is what Spring would have found.
 */
class RouteMappingTests {

	private final RouteMapping mapping = new RouteMapping();

	@BeforeEach
	void readRoutes() {
		StaticWebApplicationContext context = new StaticWebApplicationContext();
		context.setServletContext(new MockServletContext());
		context.registerSingleton("routes", Routes.class);
		context.refresh();
		this.mapping.setApplicationContext(context);
		this.mapping.afterPropertiesSet();
	}

	@Test
	void aPathAndAMethodAreEnough() throws Exception {
		MockHttpServletRequest request = request("GET", "/things");
		assertThat(route(request)).isEqualTo("list");
		assertThat(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)).hasToString("/things");
		assertThat(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)).isNotNull();
	}

	@Test
	void twoThatDifferByWhatIsAskedAreToldApart() throws Exception {
		assertThat(route(request("POST", "/things"))).isEqualTo("create");
		MockHttpServletRequest copy = request("POST", "/things");
		copy.addParameter("copy", "1");
		assertThat(route(copy)).isEqualTo("copy");
	}

	@Test
	void whatAsksForAFormIsNotFoundWithoutIt() throws Exception {
		MockHttpServletRequest request = request("POST", "/typed");
		request.setContentType("text/plain");
		assertThatExceptionOfType(ServletException.class).isThrownBy(() -> route(request));
		request.setContentType("application/json");
		assertThat(route(request)).isEqualTo("typed");
	}

	@Test
	void aRouteWithTwoPathsIsFoundUnderBoth() throws Exception {
		for (String path : List.of("/one", "/one/other")) {
			MockHttpServletRequest request = request("GET", path);
			assertThat(route(request)).isEqualTo("either");
			assertThat(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)).hasToString(path);
		}
	}

	@Test
	void headIsAskedOfWhoAnswersGet() throws Exception {
		assertThat(route(request("HEAD", "/things"))).isEqualTo("list");
	}

	@Test
	void aVariableTakesWhatIsNotWrittenOut() throws Exception {
		assertThat(route(request("DELETE", "/things/other"))).isEqualTo("delete");
	}

	@Test
	void aPathThatIsWrittenOutIsNoId() {
		assertThatExceptionOfType(HttpRequestMethodNotSupportedException.class)
			.isThrownBy(() -> route(request("DELETE", "/things/all")));
	}

	private static MockHttpServletRequest request(String method, String path) {
		MockHttpServletRequest request = new MockHttpServletRequest(method, path);
		ServletRequestPathUtils.parseAndCache(request);
		return request;
	}

	private String route(MockHttpServletRequest request) throws Exception {
		HandlerExecutionChain chain = Objects.requireNonNull(this.mapping.getHandler(request));
		return ((HandlerMethod) chain.getHandler()).getMethod().getName();
	}

	@RestController
	static class Routes {

		@GetMapping("/things")
		void list() {
		}

		@PostMapping("/things")
		void create() {
		}

		@PostMapping(path = "/things", params = "copy")
		void copy() {
		}

		@PostMapping(path = "/typed", consumes = "application/json")
		void typed() {
		}

		@GetMapping({ "/one/other", "/one" })
		void either() {
		}

		@GetMapping("/things/all")
		void all() {
		}

		@DeleteMapping("/things/{id}")
		void delete(@PathVariable String id) {
		}

	}

}
