package dev.latchkey.order;

import dev.latchkey.scope.Role;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.WithApiToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a feature's own tests act as somebody with a token.
 */
@LatchkeyTest
class OrderAccessTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	@WithApiToken(scopes = "orders:read")
	void whoMayReadReads() {
		assertThat(this.mvc.get().uri("/api/orders")).hasStatusOk();
	}

	@Test
	@WithApiToken(scopes = "orders:read")
	void whoMayReadMayNotWrite() {
		assertThat(this.mvc.delete().uri("/api/orders/x")).hasStatus(403)
			.hasHeader("WWW-Authenticate",
					"Bearer realm=\"latchkey\", error=\"insufficient_scope\", scope=\"orders:write\"");
	}

	@Test
	@WithApiToken(scopes = "orders:*")
	void aWildcardIsResolved() {
		assertThat(this.mvc.delete().uri("/api/orders/x")).hasStatus(404);
	}

	@Test
	@WithApiToken(scopes = "*", roles = Role.GUEST)
	void theRoleCountsToo() {
		assertThat(this.mvc.get().uri("/api/orders")).hasStatus(403).doesNotContainHeader("WWW-Authenticate");
	}

	@Test
	@WithApiToken(user = "ann@example.com", scopes = "user:read")
	void theCallerIsTheNamedOne() {
		assertThat(this.mvc.get().uri("/api/user")).bodyJson().extractingPath("$.email").isEqualTo("ann@example.com");
	}

	@Test
	void withoutItNobodyHasSignedIn() {
		assertThat(this.mvc.get().uri("/api/orders")).hasStatus(401);
	}

}
