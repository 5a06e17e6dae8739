package dev.latchkey.resourceserver.spring;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.latchkey.resourceserver.ServerStub;
import dev.latchkey.resourceserver.TestTokens;
import dev.latchkey.resourceserver.VerifierSettings;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * What a host of the starter answers, beside its own sign-in.
 */
@SpringBootTest(classes = HostApplication.class,
		properties = "latchkey.resource-server.resource-metadata=https://parcels.example/.well-known/oauth-protected-resource")
@AutoConfigureMockMvc
class HostTests {

	private static final String GOOD = TestTokens.raw(1);

	private static final String BAD = TestTokens.raw(2);

	private static final String UNKNOWN = TestTokens.raw(3);

	private static final String LIMITED = TestTokens.raw(4);

	private static final String REALM = "Bearer realm=\"latchkey\"";

	private static final String METADATA = ", resource_metadata=\"https://parcels.example/.well-known/oauth-protected-resource\"";

	@Autowired
	private MockMvc mvc;

	@DynamicPropertySource
	static void latchkey(DynamicPropertyRegistry registry) throws IOException {
		ServerStub server = new ServerStub();
		server.on("/oauth2/introspect", (exchange) -> {
			String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			if (form.contains(UNKNOWN)) {
				exchange.getResponseHeaders().set("Retry-After", "3");
				ServerStub.answer(exchange, 503, "{}");
			}
			else if (form.contains(BAD)) {
				ServerStub.answer(exchange, 200, "{\"active\":false}");
			}
			else {
				ServerStub.answer(exchange, 200,
						"{\"active\":true,\"sub\":\"owner-1\",\"username\":\"ada@example.org\",\"scope\":\"orders:read\",\"rate_limit\":%s}"
							.formatted(form.contains(LIMITED) ? "1" : "null"));
			}
		});
		VerifierSettings settings = server.settings();
		registry.add("latchkey.resource-server.address", settings::address);
		registry.add("latchkey.resource-server.client-id", settings::clientId);
		registry.add("latchkey.resource-server.client-secret", settings::clientSecret);
		assertThat(settings.address()).isInstanceOf(URI.class);
	}

	@Test
	void aTokenHasItsScopesAndNoRole() throws Exception {
		this.mvc.perform(with(get("/me"), GOOD))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.name").value("owner-1"))
			.andExpect(jsonPath("$.authorities[0]").value("SCOPE_orders:read"))
			.andExpect(jsonPath("$.authorities.length()").value(1));
		this.mvc.perform(with(get("/admin"), GOOD))
			.andExpect(status().isForbidden())
			.andExpect(jsonPath("$.code").value("forbidden"));
	}

	@Test
	void theHeaderDecidesAndNotTheSession() throws Exception {
		this.mvc.perform(get("/admin").with(user("eve").roles("ADMIN"))).andExpect(status().isOk());
		this.mvc.perform(with(get("/admin").with(user("eve").roles("ADMIN")), GOOD)).andExpect(status().isForbidden());
		this.mvc.perform(with(get("/me").with(user("eve").roles("ADMIN")), BAD)).andExpect(status().isUnauthorized());
	}

	@Test
	void noSessionIsSavedAndNoCsrfTokenAsked() throws Exception {
		HttpSession session = this.mvc.perform(with(post("/me"), GOOD))
			.andExpect(status().isOk())
			.andReturn()
			.getRequest()
			.getSession(false);
		assertThat(session).isNull();
		this.mvc.perform(post("/me").with(user("eve"))).andExpect(status().isForbidden());
	}

	@Test
	void whoIsNotKnownIsToldWhatIsTaken() throws Exception {
		this.mvc.perform(get("/me"))
			.andExpect(status().isUnauthorized())
			.andExpect(header().string("WWW-Authenticate", REALM + METADATA))
			.andExpect(content().contentType("application/problem+json"))
			.andExpect(jsonPath("$.code").value("authentication_required"));
		this.mvc.perform(get("/me").accept("text/html")).andExpect(status().is3xxRedirection());
		this.mvc.perform(get("/open/any"))
			.andExpect(status().isUnauthorized())
			.andExpect(jsonPath("$.code").value("authentication_required"));
	}

	@Test
	void aBadTokenIs401OnOpenRoutesToo() throws Exception {
		this.mvc.perform(with(get("/open/any"), BAD))
			.andExpect(status().isUnauthorized())
			.andExpect(header().string("WWW-Authenticate",
					REALM + ", error=\"invalid_token\", error_description=\"The token is not valid\"" + METADATA))
			.andExpect(jsonPath("$.code").value("invalid_token"));
	}

	@Test
	void aLackingScopeIsNamedWhicheverWayItIsAskedFor() throws Exception {
		for (String path : new String[] { "/by-chain", "/write", "/deliver" }) {
			this.mvc.perform(with(get(path), GOOD))
				.andExpect(status().isForbidden())
				.andExpect(header().string("WWW-Authenticate",
						REALM + ", error=\"insufficient_scope\", scope=\"orders:write\"" + METADATA))
				.andExpect(jsonPath("$.code").value("insufficient_scope"));
		}
		for (String path : new String[] { "/read", "/either", "/by-expression", "/open/any" }) {
			this.mvc.perform(with(get(path), GOOD)).andExpect(status().isOk());
		}
	}

	@Test
	void whatNobodyKnowsIs503() throws Exception {
		this.mvc.perform(with(get("/me"), UNKNOWN))
			.andExpect(status().isServiceUnavailable())
			.andExpect(header().string("Retry-After", "3"))
			.andExpect(jsonPath("$.code").value("unavailable"));
	}

	@Test
	void aLimitIsTold() throws Exception {
		this.mvc.perform(with(get("/me"), LIMITED))
			.andExpect(status().isOk())
			.andExpect(header().string("RateLimit-Policy", "\"token\";q=1;w=60"))
			.andExpect(header().string("RateLimit", "\"token\";r=0;t=60"));
		this.mvc.perform(with(get("/me"), LIMITED))
			.andExpect(status().isTooManyRequests())
			.andExpect(header().exists("Retry-After"))
			.andExpect(jsonPath("$.code").value("rate_limited"));
	}

	@Test
	void aTokenInAPathIsNotSaidBack() throws Exception {
		String id = "0197f0a2-5f3c-7a11-9c1e-aabbccddeeff";
		for (String[] path : new String[][] { { "/open/" + GOOD + "/x", "/open/****/x" },
				{ "/open/12%7Ccd34ab12cd34ab12cd34", "/open/****" }, { "/open/0123456789abcdefghij", "/open/****" },
				{ "/open/" + GOOD.substring(0, 30) + "/" + GOOD.substring(30), "/open/****/****" },
				{ "/open/" + "a".repeat(19), "/open/" + "a".repeat(19) }, { "/open/" + id, "/open/" + id },
				{ "/open/well-known.parcels_of_mine", "/open/well-known.parcels_of_mine" } }) {
			String body = this.mvc.perform(with(get(URI.create(path[0])), BAD))
				.andExpect(status().isUnauthorized())
				.andExpect(jsonPath("$.instance").value(path[1]))
				.andReturn()
				.getResponse()
				.getContentAsString();
			assertThat(body).doesNotContain(GOOD);
		}
		this.mvc.perform(with(get("/me").queryParam("token", GOOD), BAD))
			.andExpect(jsonPath("$.instance").value("/me"));
	}

	@Test
	void whatCannotBeReadIs400() throws Exception {
		for (String value : new String[] { "Bearer", "bearer  a b", "Bearer " + "a".repeat(600), GOOD,
				"Bearer\t" + GOOD, "Bearer " + GOOD + "\tx", "Bearer =" + GOOD, "Bearer a=b", "" }) {
			this.mvc.perform(get("/me").header("Authorization", value))
				.andExpect(status().isBadRequest())
				.andExpect(jsonPath("$.code").value("invalid_request"));
		}
		this.mvc.perform(get("/me").header("Authorization", "Bearer " + GOOD, "Bearer " + GOOD))
			.andExpect(status().isBadRequest());
		this.mvc.perform(get("/me").header("Authorization", "bearer   " + GOOD + "  ")).andExpect(status().isOk());
	}

	@Test
	void noFilterActsForASessionThatTheHeaderReplaces() throws Exception {
		MockHttpSession session = new MockHttpSession();
		this.mvc.perform(with(post("/logout").session(session).with(user("eve")), BAD))
			.andExpect(status().isUnauthorized());
		assertThat(session.isInvalid()).isFalse();
	}

	@Test
	void aSessionIsNoToken() throws Exception {
		this.mvc.perform(get("/open/any").with(user("eve").authorities(List.of())))
			.andExpect(status().isUnauthorized())
			.andExpect(jsonPath("$.code").value("authentication_required"));
	}

	private static MockHttpServletRequestBuilder with(MockHttpServletRequestBuilder request, String token) {
		return request.header("Authorization", "Bearer " + token);
	}

}
