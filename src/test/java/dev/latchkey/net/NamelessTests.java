package dev.latchkey.net;

import dev.latchkey.problem.ServicePaths;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request whose {@code Host} stands there without a name, asked of every route of a
 * server that has no public address set.
 */
@LatchkeyTest
class NamelessTests {

	@Autowired
	private Http http;

	@Autowired
	private Routes routes;

	@Autowired
	private ServicePaths services;

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t", " \t ", " localhost:0", " localhost:99999" })
	void onlyWhatAnswersUnderAnyNameAnswersUnderNone(String host) {
		for (Route route : this.routes.all()) {
			String answer = ask(route, "1.1", "Host:" + host + "\r\n");
			String status = answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
			if (this.services.contain(route.path()) || (MisdirectedFilter.UNDER_ANY_NAME.contains(route.path())
					&& !route.path().equals("/oauth2/token"))) {
				assertThat(status).as(route.toString()).isNotEqualTo("421").isLessThan("500");
			}
			else {
				assertThat(status).as(route.toString()).isIn("421", "400");
				assertThat(answer).contains("application/problem+json");
			}
		}
	}

	@Test
	void withoutTheHeaderAnOldClientIsServed() {
		for (Route route : this.routes.all()) {
			assertThat(ask(route, "1.0", "")).as(route.toString()).doesNotContain("HTTP/1.1 421", "HTTP/1.1 5");
		}
	}

	private String ask(Route route, String version, String host) {
		return this.http.raw("%s %s HTTP/%s\r\n%sConnection: close\r\nContent-Length: 0\r\n\r\n"
			.formatted(route.method(), route.path(), version, host));
	}

}
