package dev.latchkey.problem;

import java.util.Set;

import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.ModelAndView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What failed outside every controller is a problem to programs and a page to people.
 */
class ProblemErrorControllerTests {

	private final ProblemErrorController errors = new ProblemErrorController(
			new ServicePaths(Set.of("/oauth2/introspect", "/changes")));

	@ParameterizedTest
	@ValueSource(strings = { "/api/tokens", "/oauth2/token", "/oauth2/introspect", "/changes", "/changes/of",
			"/forward-auth/orders", "/secret-scanning/alerts" })
	void aProgramIsAnsweredByAProblem(String path) {
		assertThat(answer(path)).isInstanceOfSatisfying(ResponseEntity.class, (problem) -> {
			assertThat(problem.getStatusCode().value()).isEqualTo(500);
			assertThat(problem.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "/tokens", "/oauth2/device", "/oauth2/consent", "/apish" })
	void aPersonIsAnsweredByAPage(String path) {
		assertThat(answer(path)).isInstanceOf(ModelAndView.class);
	}

	private Object answer(String path) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, path);
		request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
		return this.errors.answer(request, new MockHttpServletResponse());
	}

}
