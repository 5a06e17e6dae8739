package dev.latchkey.page;

import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.util.function.Supplier;

import dev.latchkey.scope.Public;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page whose template fails after much of it is made is answered as a failure, and
 * nothing of it goes out.
 */
@LatchkeyTest
class PageThatFailsMidwayTests {

	private static final RequestMappingInfo ROUTE = RequestMappingInfo.paths("/fails-midway").build();

	@Autowired
	private Http http;

	@Autowired
	private RequestMappingHandlerMapping requestMappingHandlerMapping;

	private RuntimeException failure = new IllegalStateException("midway");

	@BeforeEach
	void addPage() throws NoSuchMethodException {
		Method page = getClass().getDeclaredMethod("page");
		this.requestMappingHandlerMapping.registerMapping(ROUTE, this, page);
	}

	@AfterEach
	void removePage() {
		this.requestMappingHandlerMapping.unregisterMapping(ROUTE);
	}

	@Public
	ModelAndView page() {
		Supplier<String> fails = () -> {
			throw this.failure;
		};
		return new ModelAndView("fails-midway", "failure", fails);
	}

	@Test
	void nothingOfItGoesOut() {
		HttpResponse<String> answer = new Visitor(this.http.base()).get("/fails-midway");
		assertThat(answer.statusCode()).isEqualTo(500);
		assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
		assertThat(answer.body()).startsWith("<!doctype html>")
			.contains("<p class=\"status\">500</p>")
			.doesNotContain("has begun", "midway");
	}

	@Test
	void whereTheDatabaseWasLostItSaysSo() {
		this.failure = new DataAccessResourceFailureException("midway");
		HttpResponse<String> answer = new Visitor(this.http.base()).get("/fails-midway");
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
		assertThat(answer.body()).contains("The database could not do this").doesNotContain("has begun", "midway");
	}

}
