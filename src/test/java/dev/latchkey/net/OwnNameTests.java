package dev.latchkey.net;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the server calls itself where a made-up name would lead astray.
 */
class OwnNameTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void theFirstAddressIsItsOwnWhateverIsAsked() {
		ask("evil.example", true);
		PublicNames names = names("https://tok.example.com", "http://127.0.0.1");
		assertThat(names.origin(this.request)).contains("https://tok.example.com");
		assertThat(names.issuer(this.request)).isEqualTo("https://tok.example.com");
	}

	@Test
	void withoutOneTheIssuersIs() {
		ask("evil.example", false);
		this.environment.setProperty("latchkey.oauth.issuer", "https://tok.example.com:8443/auth");
		assertThat(names().origin(this.request)).contains("https://tok.example.com:8443");
		assertThat(names().issuer(this.request)).isEqualTo("https://tok.example.com:8443/auth");
	}

	@Test
	void whereNobodyHasSaidOneNoneIsTakenFromTheRequest() {
		ask("evil.example", false);
		assertThat(names().origin(this.request)).isEmpty();
		assertThat(names().askedOrigin(this.request)).isEqualTo("http://evil.example:8080");
	}

	@Test
	void theDemoKnowsItselfByTheNamesOfThisMachineAlone() {
		this.environment.setActiveProfiles("demo");
		ask("127.0.0.1", false);
		assertThat(names().origin(this.request)).contains("http://127.0.0.1:8080");
		ask("evil.example", true);
		assertThat(names().origin(this.request)).isEmpty();
	}

	private void ask(String host, boolean misdirected) {
		new Arrival(null, false, host, 8080, misdirected, false).keepIn(this.request);
	}

	private PublicNames names(String... urls) {
		return new PublicNames(new NameProperties((urls.length > 0) ? List.of(urls) : null), this.environment);
	}

}
