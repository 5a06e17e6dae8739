package dev.latchkey.web;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Records that can only be JSON are written at once; what may be anything else is left to
 * Spring.
 */
class JsonReturnValueHandlerTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final ModelAndViewContainer page = new ModelAndViewContainer();

	private final List<Object> left = new ArrayList<>();

	private final JsonReturnValueHandler handler = new JsonReturnValueHandler(JsonMapper.builder().build(),
			new HandlerMethodReturnValueHandler() {

				@Override
				public boolean supportsReturnType(MethodParameter type) {
					return true;
				}

				@Override
				public void handleReturnValue(Object body, MethodParameter type, ModelAndViewContainer page,
						NativeWebRequest exchange) {
					JsonReturnValueHandlerTests.this.left.add(body);
				}

			});

	@Test
	void aRecordIsWrittenWithItsLength() throws Exception {
		answers(new Routes(), "plain", new Body("ä"));
		assertThat(this.response.getContentAsByteArray()).isEqualTo("{\"text\":\"ä\"}".getBytes("UTF-8"));
		assertThat(this.response.getContentType()).isEqualTo("application/json");
		assertThat(this.response.getContentLength()).isEqualTo(13);
		assertThat(this.page.isRequestHandled()).isTrue();
		assertThat(this.left).isEmpty();
	}

	@Test
	void nothingIsWrittenOfARecordThatCannotBe() {
		assertThatExceptionOfType(HttpMessageNotWritableException.class)
			.isThrownBy(() -> answers(new Routes(), "failing", new Failing("a")));
		assertThat(this.response.getContentAsByteArray()).isEmpty();
		assertThat(this.response.getContentType()).isNull();
	}

	@Test
	void aTypeWithParametersIsLeftToSpring() throws Exception {
		Wrapped<Body> body = new Wrapped<>(new Body("a"));
		answers(new Routes(), "wrapped", body);
		assertThat(this.left).containsExactly(body);
	}

	@Test
	void whatMayHaveAnotherFormIsLeftToSpring() throws Exception {
		MethodParameter type = type(new Routes(), "plain");
		this.handler.handleReturnValue(new Body("a"), type, this.page, exchange());
		assertThat(this.left).containsExactly(new Body("a"));
	}

	@Test
	void theModelOfAPageIsLeftToSpring() throws Exception {
		answers(new Pages(), "page", new Body("a"));
		assertThat(this.left).containsExactly(new Body("a"));
	}

	/** By the same method it hands on whatever it was. */
	@Test
	void whatAnotherThreadHasFoundIsLeftToSpring() throws Exception {
		MethodParameter found = new MethodParameter(Callable.class.getMethod("call"), -1) {

			@Override
			public Type getGenericParameterType() {
				return Body.class;
			}

			@Override
			public Class<?> getContainingClass() {
				return Routes.class;
			}

		};
		new AcceptInterceptor().preHandle(this.request, this.response,
				new HandlerMethod(new Routes(), Routes.class.getDeclaredMethod("plain")));
		this.handler.handleReturnValue(new Body("a"), found, this.page, exchange());
		assertThat(this.left).containsExactly(new Body("a"));
	}

	private void answers(Object controller, String method, Object body) throws Exception {
		new AcceptInterceptor().preHandle(this.request, this.response,
				new HandlerMethod(controller, controller.getClass().getDeclaredMethod(method)));
		this.handler.handleReturnValue(body, type(controller, method), this.page, exchange());
	}

	private ServletWebRequest exchange() {
		return new ServletWebRequest(this.request, this.response);
	}

	private static MethodParameter type(Object controller, String method) throws NoSuchMethodException {
		return new HandlerMethod(controller, controller.getClass().getDeclaredMethod(method)).getReturnType();
	}

	record Body(String text) {

	}

	record Wrapped<T>(T item) {

	}

	record Failing(String text) {

		@Override
		public String text() {
			throw new IllegalStateException("cannot be read");
		}

	}

	@RestController
	static class Routes {

		Body plain() {
			return new Body("a");
		}

		Failing failing() {
			return new Failing("a");
		}

		Wrapped<Body> wrapped() {
			return new Wrapped<>(new Body("a"));
		}

	}

	@Controller
	static class Pages {

		Body page() {
			return new Body("a");
		}

	}

}
