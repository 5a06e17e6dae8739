package dev.latchkey.security;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.context.request.async.StandardServletAsyncWebRequest;
import org.springframework.web.context.request.async.WebAsyncManager;
import org.springframework.web.context.request.async.WebAsyncUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A request has the caller that was found in it, in whichever thread it is answered, and
 * no other one.
 */
class StatelessContextFilterTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@AfterEach
	void forget() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void aCallerThatSomethingLeftInTheThreadIsNoCaller() throws Exception {
		signIn("left behind");
		new StatelessContextFilter().doFilter(this.request, this.response,
				(request, response) -> assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull());
	}

	@Test
	void nobodyIsLeftInTheThread() throws Exception {
		new StatelessContextFilter().doFilter(this.request, this.response, (request, response) -> signIn("a"));
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
	}

	@Test
	void anotherThreadThatAnswersHasTheCaller() throws Exception {
		this.request.setAsyncSupported(true);
		WebAsyncManager threads = WebAsyncUtils.getAsyncManager(this.request);
		threads.setAsyncWebRequest(new StandardServletAsyncWebRequest(this.request, this.response));
		new StatelessContextFilter().doFilter(this.request, this.response, (request, response) -> {
			signIn("a");
			answerByAnotherThread(threads);
		});
		await().until(threads::hasConcurrentResult);
		assertThat(threads.getConcurrentResult()).isEqualTo("a");
	}

	private static void answerByAnotherThread(WebAsyncManager threads) {
		try {
			threads.startCallableProcessing(() -> SecurityContextHolder.getContext().getAuthentication().getName());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void signIn(String name) {
		SecurityContextHolder.setContext(new SecurityContextImpl(new TestingAuthenticationToken(name, "")));
	}

}
