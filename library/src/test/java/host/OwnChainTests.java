package host;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import dev.latchkey.embedded.LatchkeyConfigurer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with a chain of its own, a form to sign in, and a rule about roles.
 */
class OwnChainTests {

	private static Running shop;

	@BeforeAll
	static void start() {
		shop = Running.start(List.of(Shop.class, Chain.class, Servlet.class));
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void aTokenIsTakenAndNeedsNoCsrfTokenAndNoSession() {
		HttpResponse<String> answer = shop.post("/api/invoices", shop.token("anna", "invoices:read"));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
	}

	@Test
	void aRuleAboutRolesIsNotMetByAnAdministratorsToken() {
		assertThat(shop.get("/api/admin", shop.token("root", "*")).statusCode()).isEqualTo(403);
		String session = shop.signIn("root");
		assertThat(shop.send(shop.request("/api/admin").header("Cookie", session)).statusCode()).isEqualTo(200);
	}

	@Test
	void aSessionMayWhatItsUserMayAndNeedsTheCsrfToken() {
		String session = shop.signIn("anna");
		assertThat(shop.send(shop.request("/api/invoices").header("Cookie", session)).statusCode()).isEqualTo(200);
		assertThat(shop.send(shop.request("/api/undecided").header("Cookie", session)).statusCode()).isEqualTo(200);
		assertThat(shop
			.send(shop.request("/api/invoices").header("Cookie", session).POST(HttpRequest.BodyPublishers.noBody()))
			.statusCode()).isEqualTo(403);
	}

	@Test
	void latchkeysRoutesNeedTheCsrfTokenOfASession() {
		HttpRequest.Builder request = shop.request("/api/tokens")
			.header("Cookie", shop.signIn("anna"))
			.header("Content-Type", "application/json");
		assertThat(shop.send(request.copy().GET()).statusCode()).isEqualTo(200);
		assertThat(
				shop.send(request.POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"CI\", \"scopes\": [\"*\"]}")))
					.statusCode())
			.isEqualTo(403);
	}

	/** Latchkey does not answer there. */
	@Test
	void aServletOfTheApplicationsAtTheSamePathNeedsTheCsrfTokenAsBefore() {
		HttpRequest.Builder request = shop.request("/api/tokens/revoke").header("Cookie", shop.signIn("anna"));
		assertThat(shop.send(request.copy().GET()).statusCode()).isEqualTo(200);
		assertThat(shop.send(request.POST(HttpRequest.BodyPublishers.noBody())).statusCode()).isEqualTo(403);
	}

	@Test
	void theHeaderDecidesAndNothingIsAddedUp() {
		String session = shop.signIn("root");
		String narrow = shop.token("anna", "tokens:read");
		assertThat(shop
			.send(shop.request("/api/invoices").header("Cookie", session).header("Authorization", "Bearer " + narrow))
			.statusCode()).isEqualTo(403);
		assertThat(shop
			.send(shop.request("/api/prices").header("Cookie", session).header("Authorization", "Bearer lkp_nonsense"))
			.statusCode()).isEqualTo(401);
		assertThat(shop.send(shop.request("/api/admin").header("Cookie", session)).statusCode()).isEqualTo(200);
	}

	@Test
	void whatIsNoTokenOfLatchkeysIsLeftToTheApplication() {
		assertThat(shop
			.send(shop.request("/api/invoices")
				.header("Cookie", shop.signIn("anna"))
				.header("Authorization", "Bearer eyJ.somebody.elses"))
			.statusCode()).isEqualTo(200);
	}

	@Configuration(proxyBeanMethods = false)
	static class Chain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/api/admin").hasRole("ADMIN").anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Servlet {

		@Bean
		ServletRegistrationBean<HttpServlet> servlet() {
			return new ServletRegistrationBean<>(new HttpServlet() {

				private static final long serialVersionUID = 1L;

				@Override
				protected void service(HttpServletRequest request, HttpServletResponse response) {
					response.setStatus(200);
				}

			}, "/api/tokens/revoke");
		}

	}

}
