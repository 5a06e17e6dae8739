package service;

import dev.latchkey.junit.LatchkeyServer;
import dev.latchkey.junit.WithLatchkey;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

@SpringBootTest
@AutoConfigureMockMvc
@WithLatchkey(settings = { "latchkey.resources[0].name=parcels",
		"latchkey.resources[0].address=https://parcels.example", "latchkey.resources[0].scopes[0].name=parcels:read",
		"latchkey.resources[0].scopes[0].description=Read parcels", "latchkey.resources[0].scopes[0].role=USER" })
class ParcelsTests {

	@Autowired
	private MockMvc mvc;

	@Test
	void readsParcels(LatchkeyServer latchkey) throws Exception {
		String token = latchkey.token("parcels:read");
		this.mvc.perform(get("/parcels").header("Authorization", "Bearer " + token)).andExpect(status().isOk());
		// ... latchkey.revoke(token);
	}

}
