package dev.latchkey.net;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.net.ProxyProperties.Family;
import dev.latchkey.testing.Inputs;
import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever proxies and clients say of where a request comes from, it is read or unknown.
 */
class ArrivalFuzzTests {

	private static final String PROXY = "10.0.0.1";

	private static final String STRANGER = "203.0.113.7";

	private static final Map<Family, ArrivalReader> READERS = Stream.of(Family.values())
		.collect(Collectors.toUnmodifiableMap(Function.identity(), ArrivalFuzzTests::reader));

	@FuzzTest(maxDuration = "1m")
	void whatIsSaidOfARequestIsReadOrUnknown(byte[] input) {
		String text = Inputs.text(input);
		for (Family family : Family.values()) {
			Arrival arrival = read(family, PROXY, text, "");
			assertThat(arrival.port()).isBetween(1, 65535);
			assertThat(arrival.host()).matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+]");
			String other = (family == Family.RFC7239) ? "x-forwarded" : "forwarded";
			assertThat(read(family, PROXY, text, other)).isEqualTo(arrival);
			Arrival unbelieved = read(family, STRANGER, text, "");
			assertThat(IpAddress.text(unbelieved.address())).isEqualTo(STRANGER);
			assertThat(unbelieved.secure()).isFalse();
		}
		for (String part : text.split("[\n, ]", 20)) {
			IpAddress.parse(part)
				.ifPresent((address) -> assertThat(IpAddress.parse(IpAddress.text(address))).hasValue(address));
			IpNetwork.parse(part).ifPresent((network) -> {
				assertThat(IpNetwork.parse(network.toString())).hasValue(network);
				Networks networks = new Networks(List.of(network));
				assertThat(Networks.parse(networks.toText())).isEqualTo(networks);
				assertThat(networks.covers(networks)).isTrue();
				assertThat(networks.admits(null)).isFalse();
			});
			PublicUrl.parse(part).ifPresent((url) -> assertThat(PublicUrl.parse(url.toString())).hasValue(url));
		}
	}

	@Test
	void manyHeadersAre() {
		Inputs.each(20_000, List.of("X-Forwarded-For: 203.0.113.9, 10.1.1.1:80\nX-Forwarded-Proto: https, http",
				"X-Forwarded-For: [2001:db8::9]:443\nX-Forwarded-Host: a.example:8443\nX-Forwarded-Port: 8443",
				"Forwarded: for=\"[2001:db8::17]:4711\";proto=https;host=\"a.example:8443\", for=10.0.0.2",
				"Forwarded: for=unknown;by=_hidden\nX-Forwarded-For: ::ffff:203.0.113.9\nHost: tok.example.com:80",
				"Host: [::1]:8080\nForwarded: For=203.0.113.9;Proto=http", "Host: localhost\nX-Forwarded-For:",
				"10.0.0.0/8 2001:db8::/32 ::ffff:10.0.0.0/104 192.0.2.1/32 fe80::1 1.2.3.4",
				"https://tokens.example.com http://[::1]:8080 https://a.example:8443"),
				this::whatIsSaidOfARequestIsReadOrUnknown);
	}

	/** A line is a header; those that begin so are left out. */
	private static Arrival read(Family family, String peer, String lines, String without) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/login");
		request.setRemoteAddr(peer);
		request.setServerName("local");
		for (String line : lines.split("\n", 20)) {
			String[] header = line.split(":", 2);
			boolean left = !without.isEmpty() && header[0].toLowerCase(Locale.ROOT).startsWith(without);
			if (header.length == 2 && !header[0].isEmpty() && !left) {
				request.addHeader(header[0], header[1].strip());
			}
		}
		return READERS.get(family).read(request);
	}

	private static ArrivalReader reader(Family family) {
		return new ArrivalReader(new ProxyProperties(List.of("10.0.0.0/8", "2001:db8:1::/48"), family),
				new PublicNames(new NameProperties(null), new MockEnvironment()));
	}

}
