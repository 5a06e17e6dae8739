package com.example.billing;

import dev.latchkey.embedded.WithApiToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.annotation.Transactional;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("test")
@Transactional
class TokenTests {

	@Autowired
	private MockMvc mvc;

	@Test
	@WithApiToken(username = "anna@example.com", scopes = "invoices:read")
	void aTokenSeesTheInvoicesOfItsOwner() throws Exception {
		this.mvc.perform(get("/api/invoices")).andExpect(jsonPath("$.length()").value(2));
		this.mvc.perform(post("/api/invoices")).andExpect(status().isForbidden());
		this.mvc.perform(get("/")).andExpect(status().isForbidden());
	}

	@Test
	@WithApiToken(username = "anna@example.com", scopes = "invoices:write")
	void aTokenMakesInvoicesWithoutTheTokenOfAForm() throws Exception {
		this.mvc
			.perform(post("/api/invoices").contentType(MediaType.APPLICATION_JSON)
				.content("{\"customer\":\"Orchard Inc\",\"amount\":12.00}"))
			.andExpect(status().isCreated());
	}

	@Test
	@WithApiToken(username = "root@example.com", scopes = "invoices:read")
	void anAdministratorsTokenIsNoAdministrator() throws Exception {
		this.mvc.perform(get("/users")).andExpect(status().isForbidden());
	}

}
