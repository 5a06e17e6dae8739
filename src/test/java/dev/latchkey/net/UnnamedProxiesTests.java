package dev.latchkey.net;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 4, Limits: a private or loopback peer that sends {@code X-Forwarded-For}
 * without being named as a proxy.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnnamedProxiesTests {

	private final UnnamedProxies proxies = new UnnamedProxies();

	@Test
	void whoIsNearAndSaysForWhomItAsksIsOne(CapturedOutput output) {
		for (String near : new String[] { "127.0.0.1", "::1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "fd00::1",
				"fe80::1" }) {
			assertThat(isOne(near, "X-Forwarded-For")).as(near).isTrue();
			assertThat(isOne(near, "X-Forwarded-Host")).as(near).isFalse();
		}
		assertThat(output.toString().split("latchkey.security.trusted-proxies", -1)).as("said once").hasSize(2);
	}

	@Test
	void nobodyElseIsFreedOfALimitByAHeader() {
		for (String far : new String[] { "198.51.100.1", "172.32.0.1", "2001:db8::1", "100.64.0.1" }) {
			assertThat(isOne(far, "X-Forwarded-For")).as(far).isFalse();
		}
	}

	private boolean isOne(String peer, String header) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader(header, "203.0.113.1");
		return this.proxies.isOne(request, IpAddress.parse(peer).orElseThrow());
	}

}
