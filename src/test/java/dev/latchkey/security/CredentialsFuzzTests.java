package dev.latchkey.security;

import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.testing.Inputs;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever stands in the header, it is a token, nothing, or refused as malformed.
 */
class CredentialsFuzzTests {

	private static final String SECRET = "1NN6LnbNPGpYZFu3WPFVmDzO7iBFOqhMnRxvVdAjUhC";

	private final ApiTokenAuthenticationConverter converter = new ApiTokenAuthenticationConverter("Authorization",
			(numbered) -> false);

	@FuzzTest(maxDuration = "1m")
	void aHeaderIsATokenOrNothingOrRefused(byte[] input) {
		String[] lines = Inputs.text(input).split("\n", 4);
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/user");
		for (String line : lines) {
			request.addHeader("Authorization", line);
		}
		try {
			Authentication found = this.converter.convert(request);
			if (found != null) {
				String token = ((PresentedToken) found).value();
				assertThat(lines).hasSize(1);
				assertThat(token).matches("[0-9A-Za-z._~+/-]+=*");
				assertThat(lines[0].strip()).startsWithIgnoringCase("bearer ").endsWith(" " + token);
				assertThat(found.toString()).doesNotContain(SECRET.substring(4, 20));
			}
		}
		catch (MalformedCredentialsException ex) {
			assertThat(ex.getMessage()).doesNotContain(SECRET.substring(4, 20));
		}
	}

	@Test
	void manyHeadersAre() {
		Inputs.each(70_000,
				List.of("Bearer lkp_" + SECRET + "0aB3xY", "bearer   lko_" + SECRET + "0aB3xY ",
						"Basic YWRtaW46YWRtaW4=", "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
						"Bearer a\nBearer b", "Bearer abc==", "Digest username=\"x\", realm=\"y\""),
				this::aHeaderIsATokenOrNothingOrRefused);
	}

}
