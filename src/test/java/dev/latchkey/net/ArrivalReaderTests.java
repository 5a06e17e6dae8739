package dev.latchkey.net;

import java.util.List;

import dev.latchkey.net.ProxyProperties.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who asks, by which address and name, over what: the headers of trusted proxies and of
 * nobody else, one family of them.
 */
class ArrivalReaderTests {

	private static final List<String> PROXIES = List.of("10.0.0.0/8", "2001:db8:1::/48");

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/login");

	ArrivalReaderTests() {
		this.request.setRemoteAddr("10.0.0.1");
		this.request.setServerName("local");
		this.request.addHeader("Host", "tok.example.com");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			203.0.113.9                       | 203.0.113.9
			203.0.113.9:5555                  | 203.0.113.9
			203.0.113.9:5555, 10.1.1.1:80     | 203.0.113.9
			[2001:DB8::9]                     | 2001:db8::9
			[2001:db8::9]:443                 | 2001:db8::9
			2001:db8::9                       | 2001:db8::9
			::ffff:203.0.113.9                | 203.0.113.9
			[::ffff:203.0.113.9]:1            | 203.0.113.9
			8.8.8.8, 203.0.113.9, 10.2.2.2    | 203.0.113.9
			evil, 203.0.113.9                 | 203.0.113.9
			203.0.113.9, [2001:db8:1::1]:9    | 203.0.113.9
			10.1.1.1, 10.2.2.2                | 10.1.1.1
			203.0.113.9,\t10.2.2.2            | 203.0.113.9
			203.0.113.9, evil, 10.2.2.2       |
			203.0.113.9,                      |
			,                                 |
			evil.example                      |
			999.1.1.1                         |
			1.2.3                             |
			010.0.0.1                         |
			203.0.113.9:                      |
			203.0.113.9:port                  |
			203.0.113.9:123456                |
			203.0.113.9:99999                 |
			203.0.113.9:65536                 |
			203.0.113.9:0                     |
			[2001:db8::9]:99999               |
			203.0.113.9 :80                   |
			[203.0.113.9]:80                  |
			[2001:db8::9                      |
			[2001:db8::9]x                    |
			[2001:db8::9%eth0]:80             |
			fe80::1%eth0                      |
			2001:db8::12345                   |
			_hidden                           |
			unknown                           |
			٢٠٣.0.113.9                       |
			for=203.0.113.9                   |
			""")
	void theWalkGoesFromTheRightWhileTheHopIsTrusted(String header, String address) {
		this.request.addHeader("X-Forwarded-For", header);
		assertThat(address()).isEqualTo(address);
	}

	@Test
	void anEmptyHeaderIsAHopThatCannotBeRead() {
		this.request.addHeader("X-Forwarded-For", "");
		assertThat(address()).isNull();
	}

	@Test
	void withoutTheHeaderThePeersOwnAddressCounts() {
		assertThat(address()).isEqualTo("10.0.0.1");
	}

	@Test
	void severalLinesAreOneList() {
		this.request.addHeader("X-Forwarded-For", "203.0.113.9");
		this.request.addHeader("X-Forwarded-For", "10.1.1.1");
		assertThat(address()).isEqualTo("203.0.113.9");
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.1,192.0.2.1,false", "2001:db8:2:0:0:0:0:1,2001:db8:2::1,false",
			"fe80:0:0:0:0:0:0:1%eth0,fe80::1,true", "192.168.1.1,192.168.1.1,true" })
	void whoIsNoTrustedProxyIsNotBelieved(String peer, String address, boolean near) {
		this.request.setRemoteAddr(peer);
		for (String header : List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port",
				"Forwarded")) {
			this.request.addHeader(header, "203.0.113.9");
		}
		assertThat(read())
			.isEqualTo(new Arrival(IpAddress.parse(address).orElseThrow(), false, "tok.example.com", 80, false, near));
	}

	/** Both are 2a06:98c0, the one in four bytes and the other in sixteen. */
	@Test
	void aBlockOfOneFamilyTrustsNobodyOfTheOther() {
		this.request.setRemoteAddr("42.6.152.193");
		this.request.addHeader("X-Forwarded-For", "203.0.113.9");
		Arrival arrival = reader(Family.X_FORWARDED, List.of("2a06:98c0::/29", "::/1", "8000::/1")).read(this.request);
		assertThat(arrival.address()).hasToString("/42.6.152.193");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			203.0.113.9                       | https              | true
			203.0.113.9                       | HTTPS              | true
			203.0.113.9                       | http               | false
			203.0.113.9                       | https, http        | true
			203.0.113.9                       | http, https        | true
			203.0.113.9                       | http, http         | false
			203.0.113.9, 10.1.1.1             | https, http        | true
			203.0.113.9, 10.1.1.1             | http, https        | false
			1.1.1.1, 203.0.113.9, 10.1.1.1    | https, http, https | false
			1.1.1.1, 203.0.113.9, 10.1.1.1    | http, https, http  | true
			203.0.113.9, 10.1.1.1             | https              | true
			203.0.113.9, evil                 | http, https        | true
			                                  | https, http        | true
			                                  | https              | true
			203.0.113.9                       | wss                | false
			203.0.113.9                       | httpsx             | false
			203.0.113.9                       | ''                 | false
			""")
	void aProxySaysOverWhatTheClientSpeaks(String hops, String schemes, boolean secure) {
		if (hops != null) {
			this.request.addHeader("X-Forwarded-For", hops);
		}
		this.request.addHeader("X-Forwarded-Proto", schemes);
		assertThat(read().secure()).isEqualTo(secure);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			tok.example.com:8443 | https | -                    | -     | https://tok.example.com:8443
			tok.example.com      | https | -                    | -     | https://tok.example.com
			tok.example.com      | -     | -                    | -     | http://tok.example.com
			tok.example.com:8443 | https | -                    | 9443  | https://tok.example.com:9443
			tok.example.com      | https | -                    | 9443  | https://tok.example.com:9443
			app:8080             | https | tok.example.com      | -     | https://tok.example.com
			app:8080             | https | tok.example.com:8443 | -     | https://tok.example.com:8443
			app:8080             | https | TOK.example.com.     | 443   | https://tok.example.com
			tok.example.com:8443 | https | tok.example.com      | -     | https://tok.example.com:8443
			tok.example.com      | https | a.example, b.example | -     | https://b.example
			tok.example.com:8443 | https | bad/name             | x     | https://tok.example.com:8443
			tok.example.com      | https | -                    | 0     | https://tok.example.com
			tok.example.com      | https | -                    | 65536 | https://tok.example.com
			tok.example.com      | https | [2001:DB8:0::1]:8443 | -     | https://[2001:db8::1]:8443
			latchkey_app         | -     | -                    | -     | http://latchkey_app
			""")
	void aProxySaysUnderWhichNameTheClientAsked(String host, String scheme, String name, String port, String url) {
		this.request.removeHeader("Host");
		addHeader("Host", host);
		addHeader("X-Forwarded-Proto", scheme);
		addHeader("X-Forwarded-Host", name);
		addHeader("X-Forwarded-Port", port);
		assertThat(new ArrivedRequest(this.request, read()).getRequestURL()).hasToString(url + "/login");
	}

	@Test
	void withoutAnyNameTheServersOwnCounts() {
		this.request.removeHeader("Host");
		assertThat(read().host()).isEqualTo("local");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t", ":8080", "tok.example.com:0", "tok.example.com:99999", "a..b", "a/b" })
	void aNameThatCannotBeReadIsNoneOfThisServers(String host) {
		this.request.removeHeader("Host");
		addHeader("Host", host);
		Arrival arrival = read();
		assertThat(arrival.misdirected()).isTrue();
		assertThat(arrival.host()).isEqualTo("unknown");
		addHeader("X-Forwarded-Host", "tok.example.com");
		assertThat(read().misdirected()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			for=203.0.113.9                                          | 203.0.113.9
			for="203.0.113.9:5555"                                   | 203.0.113.9
			For="[2001:DB8::9]:4711"                                 | 2001:db8::9
			for="[2001:db8::9]"                                      | 2001:db8::9
			for="203.0.113.9:_port"                                  | 203.0.113.9
			for=203.0.113.9; proto=https; by=10.0.0.9                | 203.0.113.9
			for=8.8.8.8, for=203.0.113.9 , for=10.1.1.1              | 203.0.113.9
			for=8.8.8.8, , for=203.0.113.9,                          | 203.0.113.9
			for=_hidden, for=203.0.113.9                             | 203.0.113.9
			for="20\\3.0.113.9"                                      | 203.0.113.9
			proto=https;for=203.0.113.9;                             | 203.0.113.9
			by="a,b;for=1.1.1.1";for=203.0.113.9                     | 203.0.113.9
			for=10.1.1.1                                             | 10.1.1.1
			for=unknown                                              |
			for=_hidden                                              |
			for="_hidden:80"                                         |
			proto=https                                              |
			for=203.0.113.9:5555                                     |
			for=[2001:db8::9]                                        |
			for="2001:db8::9"                                        |
			for="203.0.113.9:99999"                                  |
			for="[2001:db8::9]:0"                                    |
			,                                                        |
			''                                                       |
			for="[203.0.113.9]"                                      |
			for="203.0.113.9                                         |
			for="1.1.1.1, for=203.0.113.9                            |
			for=203.0.113.9;for=8.8.8.8                              |
			for =203.0.113.9                                         |
			for=203.0.113.9 proto=https                              |
			203.0.113.9                                              |
			""")
	void theStandardHeaderIsReadAsStrictly(String header, String address) {
		this.request.addHeader("Forwarded", header);
		this.request.addHeader("X-Forwarded-For", "198.51.100.1");
		Arrival arrival = reader(Family.RFC7239, PROXIES).read(this.request);
		assertThat((arrival.address() != null) ? IpAddress.text(arrival.address()) : null).isEqualTo(address);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			for=203.0.113.9;proto=https;host="tok.example.com:8443"         | https://tok.example.com:8443
			for=203.0.113.9;proto=https, for=10.1.1.1;proto=http            | https://tok.example.com
			for=203.0.113.9;proto=http, for=10.1.1.1;proto=https            | http://tok.example.com
			for=203.0.113.9, for=10.1.1.1;proto=https                       | https://tok.example.com
			for=203.0.113.9;host=a.example, for=10.1.1.1;host=b.example     | http://a.example
			for=unknown;proto=https                                         | https://tok.example.com
			for="203.0.113.9;proto=https;host=a.example                     | http://tok.example.com
			""")
	void theStandardHeaderSaysNameAndScheme(String header, String url) {
		this.request.addHeader("Forwarded", header);
		this.request.addHeader("X-Forwarded-Proto", "https");
		this.request.addHeader("X-Forwarded-Host", "evil.example");
		this.request.addHeader("X-Forwarded-Port", "99");
		Arrival arrival = reader(Family.RFC7239, PROXIES).read(this.request);
		assertThat(new ArrivedRequest(this.request, arrival).getRequestURL()).hasToString(url + "/login");
	}

	/** The client's own elements stand left of the one that a proxy wrote about it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					for=6.6.6.6;host=evil.example;proto=https, for=1.1.1.1;by=10.0.0.2                    | http://tok.example.com
					host=evil.example;proto=https, for=1.1.1.1                                            | http://tok.example.com
					for=6.6.6.6;host=evil.example, for=1.1.1.1;proto=https                                | https://tok.example.com
					for=6.6.6.6;proto=https, for=1.1.1.1;host=a.example                                   | http://a.example
					host=evil.example;proto=https, for=unknown                                            | http://tok.example.com
					host=evil.example;proto=https, for=_hidden, for=10.1.1.1                              | http://tok.example.com
					host=evil.example, for=10.1.1.1;proto=https, for=1.1.1.1, for=10.1.1.1                | http://tok.example.com
					host=evil.example, for=1.1.1.1, for=10.1.1.1;host=a.example;proto=https               | https://a.example
					host=evil.example;proto=https, for=1.1.1.1;host=a.example;proto=http, for=10.1.1.1    | http://a.example
					for=6.6.6.6;proto=http, for=1.1.1.1, for=10.1.1.1;proto=http, for=10.1.1.2;proto=https | https://tok.example.com
					for=1.1.1.1;host="", for=10.1.1.1                                                     | http://tok.example.com
					""")
	void ofTheStandardHeaderOnlyWhatProxiesWroteCounts(String header, String url) {
		this.request.addHeader("Forwarded", header);
		Arrival arrival = reader(Family.RFC7239, PROXIES).read(this.request);
		assertThat(new ArrivedRequest(this.request, arrival).getRequestURL()).hasToString(url + "/login");
		this.request.removeHeader("Forwarded");
		for (String line : header.split(", ")) {
			this.request.addHeader("Forwarded", line);
		}
		assertThat(reader(Family.RFC7239, PROXIES).read(this.request)).isEqualTo(arrival);
	}

	/** An unclosed quote of the client's must not swallow what the proxy wrote. */
	@Test
	void aLineThatCannotBeReadSaysNothingOfTheOthers() {
		this.request.addHeader("Forwarded", "for=\"evil");
		this.request.addHeader("Forwarded", "for=203.0.113.9");
		assertThat(reader(Family.RFC7239, PROXIES).read(this.request).address()).hasToString("/203.0.113.9");
	}

	@Test
	void theOtherFamilyIsIgnored() {
		this.request.addHeader("Forwarded", "for=203.0.113.9;proto=https;host=evil.example");
		assertThat(address()).isEqualTo("10.0.0.1");
		assertThat(read().secure()).isFalse();
		assertThat(read().host()).isEqualTo("tok.example.com");
	}

	@ParameterizedTest
	@CsvSource({ "tok.example.com,https://tok.example.com,false", "TOK.example.com.:99,https://tok.example.com,false",
			"tok.example.com:8443,https://tok.example.com:8443,false", "inner,http://inner:8080,false",
			"evil.example,https://tok.example.com,true", "inner.evil.example,https://tok.example.com,true" })
	void publicUrlsAreTheServersNames(String host, String url, boolean misdirected) {
		this.request.removeHeader("Host");
		addHeader("Host", host);
		addHeader("X-Forwarded-Host", "other.example");
		addHeader("X-Forwarded-Port", "99");
		addHeader("X-Forwarded-Proto", "http");
		PublicNames names = names(new MockEnvironment(), "https://tok.example.com/", "https://tok.example.com:8443",
				"http://inner:8080");
		Arrival arrival = new ArrivalReader(new ProxyProperties(PROXIES, Family.X_FORWARDED), names).read(this.request);
		assertThat(new ArrivedRequest(this.request, arrival).getRequestURL()).hasToString(url + "/login");
		assertThat(arrival.misdirected()).isEqualTo(misdirected);
		assertThat(names.first()).hasValue("https://tok.example.com");
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1:8080,false", "localhost,false", "LOCALHOST:1,false", "[::1]:8080,false",
			"[0:0:0:0:0:0:0:1],false", "127.0.0.2,true", "latchkey.evil.example,true", "localhost.evil.example,true" })
	void theDemoAnswersToThisMachinesNamesAlone(String host, boolean misdirected) {
		this.request.removeHeader("Host");
		addHeader("Host", host);
		MockEnvironment demo = new MockEnvironment();
		demo.setActiveProfiles("demo");
		assertThat(new ArrivalReader(new ProxyProperties(PROXIES, Family.X_FORWARDED), names(demo)).read(this.request)
			.misdirected()).isEqualTo(misdirected);
	}

	@ParameterizedTest
	@CsvSource({ "tok.example.com,https://tok.example.com", "inner:8080,https://tok.example.com",
			"evil.example,https://tok.example.com" })
	void linksBeginWithTheFirstOfTheServersNames(String host, String base) {
		this.request.removeHeader("Host");
		addHeader("Host", host);
		PublicNames names = names(new MockEnvironment(), "https://tok.example.com/", "http://inner:8080");
		assertThat(linkBase(names)).isEqualTo(base);
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1:8080,http://127.0.0.1:8080", "localhost,http://localhost", "evil.example,''" })
	void linksOfTheDemoBeginWithTheNameOfThisMachineThatWasAsked(String host, String base) {
		this.request.removeHeader("Host");
		addHeader("Host", host);
		MockEnvironment demo = new MockEnvironment();
		demo.setActiveProfiles("demo");
		assertThat(linkBase(names(demo))).isEqualTo(base);
		assertThat(linkBase(names(new MockEnvironment()))).isEmpty();
	}

	private String linkBase(PublicNames names) {
		new ArrivalReader(new ProxyProperties(PROXIES, Family.X_FORWARDED), names).read(this.request)
			.keepIn(this.request);
		return names.origin(this.request).orElse("");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "tok.example.com", "ftp://tok.example.com", "https://", "https://a/b", "https://a?b",
			"https://u@a", "https://a:0", "https://a:65536", "https://[::1", "https://a b", "https://a//" })
	void whatIsNoAddressOfAServerStopsTheStart(String url) {
		assertThat(PublicUrl.parse(url)).isEmpty();
	}

	private String address() {
		Arrival arrival = read();
		return (arrival.address() != null) ? IpAddress.text(arrival.address()) : null;
	}

	private Arrival read() {
		return reader(Family.X_FORWARDED, PROXIES).read(this.request);
	}

	@Test
	void aHeaderOfThousandsOfPartsDoesNotFillTheStack() {
		assertThat(HostPort.parse("a.".repeat(30_000) + "example")).isEmpty();
		this.request.addHeader("Forwarded", "for=203.0.113.9;by=\"" + "\\a".repeat(30_000) + "\"");
		Arrival arrival = reader(Family.RFC7239, PROXIES).read(this.request);
		assertThat(arrival.address()).hasToString("/203.0.113.9");
	}

	private void addHeader(String name, String value) {
		if (value != null) {
			this.request.addHeader(name, value);
		}
	}

	private static ArrivalReader reader(Family family, List<String> proxies) {
		return new ArrivalReader(new ProxyProperties(proxies, family), names(new MockEnvironment()));
	}

	private static PublicNames names(MockEnvironment environment, String... urls) {
		return new PublicNames(new NameProperties((urls.length > 0) ? List.of(urls) : null), environment);
	}

}
