package dev.latchkey.net;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.latchkey.net.ProxyProperties.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Forms are read as UTF-8, whatever their sender says of them.
 */
class ArrivalFilterTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/login");

	@Test
	void aFormWithoutACharsetIsOfUtf8() throws Exception {
		this.request.setContentType("application/x-www-form-urlencoded");
		assertThat(charset()).isEqualTo("UTF-8");
	}

	@ParameterizedTest
	@ValueSource(strings = { "iso-8859-1", "UTF-16", "no-such-charset" })
	void aFormWithAnotherCharsetIsOfUtf8(String charset) throws Exception {
		this.request.setContentType("application/x-www-form-urlencoded");
		this.request.setCharacterEncoding(charset);
		assertThat(charset()).isEqualTo("UTF-8");
	}

	private String charset() throws Exception {
		ArrivalReader reader = new ArrivalReader(new ProxyProperties(List.of(), Family.X_FORWARDED),
				new PublicNames(new NameProperties(null), new MockEnvironment()));
		AtomicReference<String> seen = new AtomicReference<>();
		new ArrivalFilter(reader).doFilter(this.request, new MockHttpServletResponse(),
				(request, response) -> seen.set(request.getCharacterEncoding()));
		return seen.get();
	}

}
