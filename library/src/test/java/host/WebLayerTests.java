package host;

import dev.latchkey.embedded.LatchkeyConfigurer;
import dev.latchkey.embedded.LatchkeyTokens;
import dev.latchkey.embedded.WithApiToken;
import dev.latchkey.scope.Role;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * The application's own tests of its web layer, without a database: what they see is what
 * a request sees.
 */
class WebLayerTests {

	/** Whichever chain there is. */
	abstract static class Requests {

		@Autowired
		private MockMvc requests;

		@Test
		@WithApiToken("invoices:read")
		void aTokenOpensWhatItsScopesAreForAndNeedsNoCsrfToken() throws Exception {
			this.requests.perform(get("/api/invoices"))
				.andExpect(status().isOk())
				.andExpect(content().json("{\"user\":\"user\",\"mayDelete\":false}"));
			this.requests.perform(post("/api/invoices")).andExpect(status().isOk());
			this.requests.perform(get("/api/me")).andExpect(status().isOk());
			this.requests.perform(post("/api/invoices/delete")).andExpect(status().isForbidden());
		}

		@Test
		@WithApiToken(scopes = { "invoices:read", "invoices:delete" }, username = "anna", role = Role.ADMIN)
		void aTokenIsWhoTheTestSays() throws Exception {
			assertThat(LatchkeyTokens.caller().orElseThrow().user().isAdmin()).isTrue();
			this.requests.perform(get("/api/invoices"))
				.andExpect(content().json("{\"user\":\"anna\",\"mayDelete\":true}"));
		}

		@Test
		@WithApiToken("invoices:read")
		void whereNobodyHasDecidedAndElsewhereATokenOpensNothing() throws Exception {
			this.requests.perform(get("/api/undecided")).andExpect(status().isForbidden());
			this.requests.perform(get("/reports")).andExpect(status().isForbidden());
		}

		@Test
		@WithApiToken("invoices:read")
		void aHeaderOfTheTestsOwnCounts() throws Exception {
			this.requests.perform(get("/api/invoices").header("Authorization", "Bearer lkp_anything"))
				.andExpect(status().isServiceUnavailable());
		}

		@Test
		void aTokenThatNobodyCanLookUpIsNeitherGoodNorBad() throws Exception {
			this.requests.perform(get("/api/invoices").header("Authorization", "Bearer lkp_anything"))
				.andExpect(status().isServiceUnavailable());
		}

		@Test
		@WithMockUser
		void aSessionMayWhatItsUserMay() throws Exception {
			this.requests.perform(get("/api/invoices")).andExpect(status().isOk());
			this.requests.perform(get("/api/undecided")).andExpect(status().isOk());
			this.requests.perform(post("/api/invoices")).andExpect(status().isForbidden());
			this.requests.perform(post("/api/invoices").with(csrf())).andExpect(status().isOk());
			this.requests.perform(post("/api/invoices/delete").with(csrf())).andExpect(status().isForbidden());
		}

		@Test
		@WithMockUser(roles = "ADMIN")
		void anAdministratorsSessionMayMore() throws Exception {
			this.requests.perform(post("/api/invoices/delete").with(csrf())).andExpect(status().isOk());
		}

		@Test
		void aGuestIsRefused() throws Exception {
			this.requests.perform(get("/api/invoices"))
				.andExpect((result) -> assertThat(result.getResponse().getStatus()).isIn(302, 401));
		}

	}

	@Nested
	@WebMvcTest
	@ContextConfiguration(classes = Shop.class)
	class WithoutAChain extends Requests {

	}

	@Nested
	@WebMvcTest
	@ContextConfiguration(classes = { Shop.class, Chain.class })
	class WithAChain extends Requests {

		@Autowired
		private MockMvc mvc;

		@Test
		@WithApiToken(owner = "root", scopes = "invoices:read", role = Role.ADMIN)
		void theOwnersRolesAreNotTheTokens() throws Exception {
			this.mvc.perform(get("/api/invoices")).andExpect(content().json("{\"user\":\"root\"}"));
			this.mvc.perform(get("/api/admin")).andExpect(status().isForbidden());
		}

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

}
