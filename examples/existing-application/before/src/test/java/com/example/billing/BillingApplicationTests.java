package com.example.billing;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithUserDetails;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.annotation.Transactional;

import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.authenticated;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.unauthenticated;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("test")
@Transactional
class BillingApplicationTests {

	@Autowired
	private MockMvc mvc;

	@Autowired
	private AppUserRepository users;

	@Autowired
	private AppUserService service;

	@Test
	void aGuestIsSentToTheForm() throws Exception {
		this.mvc.perform(get("/").accept(MediaType.TEXT_HTML)).andExpect(redirectedUrl("/login"));
	}

	@Test
	void theFormTakesTheRightPassword() throws Exception {
		this.mvc.perform(formLogin().user("anna@example.com").password("anna-likes-invoices"))
			.andExpect(authenticated().withUsername("anna@example.com").withRoles("USER"));
		this.mvc.perform(formLogin().user("anna@example.com").password("another")).andExpect(unauthenticated());
	}

	@Test
	void whoIsDisabledDoesNotGetIn() throws Exception {
		this.service.enable(this.users.findByEmail("anna@example.com").orElseThrow().getId(), false);
		this.mvc.perform(formLogin().user("anna@example.com").password("anna-likes-invoices"))
			.andExpect(unauthenticated());
	}

	@Test
	@WithUserDetails("anna@example.com")
	void somebodySeesHerInvoices() throws Exception {
		this.mvc.perform(get("/")).andExpect(content().string(containsString("Copper &amp; Sons")));
		this.mvc.perform(get("/api/invoices")).andExpect(jsonPath("$.length()").value(2));
	}

	@Test
	@WithUserDetails("anna@example.com")
	void anInvoiceIsMadeWithTheTokenOfTheFormAlone() throws Exception {
		String invoice = "{\"customer\":\"Orchard Inc\",\"amount\":12.00}";
		this.mvc.perform(post("/api/invoices").contentType(MediaType.APPLICATION_JSON).content(invoice))
			.andExpect(status().isForbidden());
		this.mvc.perform(post("/api/invoices").contentType(MediaType.APPLICATION_JSON).content(invoice).with(csrf()))
			.andExpect(status().isCreated());
		this.mvc.perform(get("/api/invoices")).andExpect(jsonPath("$.length()").value(3));
	}

	@Test
	@WithUserDetails("anna@example.com")
	void theUsersAreForAdministrators() throws Exception {
		this.mvc.perform(get("/users")).andExpect(status().isForbidden());
	}

	@Test
	@WithUserDetails("root@example.com")
	void anAdministratorDisablesSomebody() throws Exception {
		long anna = this.users.findByEmail("anna@example.com").orElseThrow().getId();
		this.mvc.perform(get("/users")).andExpect(content().string(containsString("anna@example.com")));
		this.mvc.perform(post("/users/{id}", anna).param("enabled", "false").with(csrf()))
			.andExpect(status().is3xxRedirection());
		this.mvc.perform(get("/users")).andExpect(content().string(containsString("Enable")));
	}

}
