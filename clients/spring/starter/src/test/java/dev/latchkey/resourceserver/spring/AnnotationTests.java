package dev.latchkey.resourceserver.spring;

import java.util.List;
import java.util.Set;

import dev.latchkey.resourceserver.ServerStub;
import dev.latchkey.resourceserver.TestTokens;
import dev.latchkey.resourceserver.TokenVerifier;
import dev.latchkey.resourceserver.VerifiedToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurationSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * The annotations hold wherever they can be written, or stop the start.
 */
class AnnotationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LatchkeyResourceServerAutoConfiguration.class))
		.withPropertyValues("latchkey.resource-server.address=http://127.0.0.1:9",
				"latchkey.resource-server.client-id=parcels", "latchkey.resource-server.client-secret=secret");

	@AfterEach
	void nobody() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void aHostThatConfiguresItsRoutesItselfHasThemToo() {
		this.runner.withUserConfiguration(OwnRoutes.class, Routes.class)
			.run((context) -> MockMvcBuilders.webAppContextSetup(context)
				.build()
				.perform(get("/read"))
				.andExpect(status().isUnauthorized()));
	}

	@Test
	void methodsOfControllersThatAreNoRoutesAreChecked() {
		this.runner.withUserConfiguration(Messages.class).run((context) -> {
			Messages messages = context.getBean(Messages.class);
			assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class).isThrownBy(messages::query);
			assertThat(messages.route()).isEqualTo("a route");
			assertThat(messages.model()).isEqualTo("for routes");
			SecurityContextHolder.getContext().setAuthentication(token("orders:read"));
			assertThat(messages.query()).isEqualTo("a query");
		});
	}

	@Test
	void whatCannotBeCheckedStopsTheStart() {
		this.runner.withUserConfiguration(Final.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Final.read() cannot be checked"));
	}

	@Test
	void anyTokenIsNoSession() {
		AccessRule any = new AccessRule(List.of(), false);
		any.check(token());
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
			.isThrownBy(() -> any.check(new TestingAuthenticationToken("eve", "", "ROLE_USER")));
	}

	@Test
	void anyTokenIsOneThatSpringsOwnResourceServerTakes() throws Exception {
		try (ServerStub server = new ServerStub()) {
			server.on("/oauth2/introspect", (exchange) -> ServerStub.answer(exchange, 200,
					"{\"active\":true,\"sub\":\"owner-1\",\"address_bound\":false}"));
			TokenVerifier verifier = new TokenVerifier(server.settings());
			Object principal = new LatchkeyOpaqueTokenIntrospector(verifier).introspect(TestTokens.raw(1));
			new AccessRule(List.of(), false).check(new TestingAuthenticationToken(principal, "", List.of()));
		}
	}

	@Test
	void noSessionKeepsWhoCameWithAToken() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		new HttpSessionSecurityContextRepository().saveContext(new SecurityContextImpl(token("orders:read")), request,
				new MockHttpServletResponse());
		assertThat(request.getSession(false)).isNull();
	}

	@Test
	void signedTokensAreLong() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader("Authorization", "Bearer " + "a".repeat(2_000));
		this.runner.run((context) -> assertThatExceptionOfType(BearerHeader.MalformedHeaderException.class)
			.isThrownBy(() -> BearerHeader.of(request).token(context.getBean(TokenVerifier.class).longest())));
		this.runner.withPropertyValues("latchkey.resource-server.other-forms=true")
			.run((context) -> assertThat(BearerHeader.of(request).token(context.getBean(TokenVerifier.class).longest()))
				.hasSize(2_000));
	}

	private static Authentication token(String... scopes) {
		return new LatchkeyAuthentication(
				new VerifiedToken("owner", null, Set.of(scopes), null, null, List.of(), null, null));
	}

	/** No configurer is asked. */
	@Configuration
	static class OwnRoutes extends WebMvcConfigurationSupport {

	}

	/** What is served. */
	@RestController
	static class Routes {

		@GetMapping("/read")
		@RequiresScope("orders:read")
		String read() {
			return "read";
		}

	}

	/** A controller of another kind, such as those of GraphQL and of messages. */
	@Controller
	@RequiresScope("orders:read")
	static class Messages {

		String query() {
			return "a query";
		}

		@GetMapping("/route")
		String route() {
			return "a route";
		}

		@ModelAttribute("model")
		String model() {
			return "for routes";
		}

	}

	/** No proxy can stand before it. */
	static class Final {

		@RequiresScope("orders:read")
		final String read() {
			return "read";
		}

	}

}
