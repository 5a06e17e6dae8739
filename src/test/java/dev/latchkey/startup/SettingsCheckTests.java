package dev.latchkey.startup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Contract 5.7: a start that stops prints its lines, one a fault.
 */
class SettingsCheckTests {

	private static final Path SOURCES = Path.of("src/main/java");

	/**
	 * Texts that no start takes. A new setting of this type needs one, or a place below.
	 */
	private static final Map<String, String> WRONG_TEXTS = Map.ofEntries(Map.entry("latchkey.admin.email", "nobody"),
			Map.entry("latchkey.cache.listen-url", "postgres://me:s3cret@db"),
			Map.entry("latchkey.leaks.keys", "s3cret"), Map.entry("latchkey.mail.from", "nobody"),
			Map.entry("latchkey.oauth.client-documents.allowed-hosts", "https://app.example"),
			Map.entry("latchkey.oauth.client-documents.denied-hosts", "https://app.example"),
			Map.entry("latchkey.oauth.issuer", "tok"), Map.entry("latchkey.oauth.key-encryption-key", "s3cret"),
			Map.entry("latchkey.passwords.words", "ab"), Map.entry("latchkey.resources", "Parcels"),
			Map.entry("latchkey.security.forwarded", "both"), Map.entry("latchkey.security.header", "Cookie"),
			Map.entry("latchkey.security.trusted-proxies", "localhost"), Map.entry("latchkey.tokens.pepper", "s3cret"),
			Map.entry("latchkey.tokens.max-lifetime-for", "some"), Map.entry("latchkey.tokens.prefix", "LK"),
			Map.entry("latchkey.tokens.prune.cron", "daily"), Map.entry("latchkey.tokens.retired-pepper", "s3cret"),
			Map.entry("latchkey.tracing.endpoint", "collector:4318"), Map.entry("latchkey.tracing.headers", "s3cret"),
			Map.entry("latchkey.web.cors.allowed-origins", "*"), Map.entry("latchkey.web.public-url", "tok"));

	/** Good ones without which there would be a line for what is lacking beside them. */
	private static final Map<String, Object> COMPANIONS = Map.of("latchkey.admin.email", "first@example.com",
			"latchkey.admin.password", "orchard lantern umbrella", "latchkey.resources[0].name", "parcels",
			"latchkey.resources[0].address", "https://parcels.example.com");

	/** Any text will do, or what is refused is another setting's fault. */
	private static final Set<String> ANYTHING = Set.of("latchkey.admin.password", "latchkey.demo.directory");

	private static final String PEPPER = "DhyDuDQyhIMc0LGMZiT2MDvAUHS2T1xG7P7mpdNLDAo=";

	private static final String ANOTHER = "Yk3mUQ0xvC5o7XW8nJtq2LrEwBz9aHs4GdKfPiVu1RI=";

	private static final String THIRD = "q7WmZc1xR4tY8uLpS0dFgHjKlQaXvBnM3eT6yU9iOo0=";

	private final KnownSettings known = KnownSettings.load(SettingsCheckTests.class.getClassLoader());

	@Test
	void nothingSetIsNoFault() {
		assertThat(faults(Map.of(), Map.of())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "latchkey.tokens.defaultLifetime", "latchkey.tokens.default_lifetime",
			"LATCHKEY.TOKENS.DEFAULT-LIFETIME", "latchkey.tokens.default-lifetime" })
	void everyFormOfANameThatSpringReadsIsKnown(String name) {
		assertThat(faults(Map.of(name, "30d"), Map.of())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "latchkey.tokens.defualt-lifetime", "latchkey.security.trusted-proxy",
			"latchkey.security.trusted-proxies.first", "latchkey.tokens.prune.batchsizes", "latchkey.token.prefix",
			"latchkey.tokens", "latchkey.tokens.prefix[0]", "latchkey.web.cors.allowed-origin[0]",
			"Latchkey.Oauth.Isuer", "latchkey.passwordz", "latchkey.limits.tokens" })
	void aNameThatDoesNotExistIsNamedInOneLine(String name) {
		assertThat(faults(Map.of(name, "s3cret"), Map.of())).singleElement()
			.asString()
			.contains("Setting " + name + " does not exist")
			.doesNotContain("s3cret", "\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "LATCHKEY_TOKENS_DEFUALTLIFETIME", "LATCHKEY_SECURITY_TRUSTED_PROXY",
			"LATCHKEY_ADMIN_PASSWRD", "LATCHKEY_OAUTH_ISSUERS", "LATCHKEY_CACHE_MAX", "latchkey_tokens_prefixx",
			"LATCHKEY_LIMITS_ANYTHING" })
	void aVariableOfAGroupThatDoesNotExistIsNamed(String name) {
		assertThat(faults(Map.of(), Map.of(name, "s3cret"))).singleElement()
			.asString()
			.contains(name)
			.doesNotContain("s3cret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "LATCHKEY_URL", "LATCHKEY_TEST_DATABASE", "LATCHKEY_WEB_SERVICE_HOST",
			"LATCHKEY_WEB_SERVICE_PORT", "LATCHKEY_WEB_SERVICE_PORT_HTTP", "LATCHKEY_WEB_PORT",
			"LATCHKEY_WEB_PORT_8080_TCP", "LATCHKEY_WEB_PORT_8080_TCP_ADDR", "LATCHKEY_TOKENS_PORT_53_UDP_PROTO",
			"LATCHKEY_SERVICE_HOST", "LATCHKEY_PORT", "LATCHKEY_TOKENS_DEFAULT_LIFETIME",
			"LATCHKEY_SECURITY_TRUSTEDPROXIES_0", "LATCHKEY_TOKENSMITH_X" })
	void whatAnOrchestratorSetsOrLiesInNoGroupIsLeftAlone(String name) {
		assertThat(this.known.faultOfVariable(name)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			latchkey.tokens.default-lifetime | 90           | a duration with its unit, such as 12h or 90d, or never
			latchkey.tokens.default-lifetime | ''           | a duration with its unit
			latchkey.tokens.default-lifetime | ninety days  | a duration with its unit
			latchkey.tokens.default-lifetime | -90d         | a duration with its unit
			latchkey.tokens.default-lifetime | 0            | a duration with its unit
			latchkey.tokens.max-grace-period | 7            | a duration with its unit
			latchkey.tokens.max-grace-period | -7d          | a duration with its unit
			latchkey.tokens.max-grace-period | PT-7H        | a duration with its unit
			latchkey.cache.enabled           | maybe        | true or false
			latchkey.cache.enabled           | ''           | true or false
			latchkey.cache.max-entries       | 1e5          | a whole number
			latchkey.security.forwarded      | forwarded    | which headers these proxies set, x-forwarded or rfc7239
			latchkey.cache.max-entries       | 99999999999  | a whole number
			latchkey.cache.max-entries       | ١٠           | a whole number
			latchkey.cache.max-entries       | 0x10         | a whole number
			latchkey.cache.max-entries       | +10          | a whole number
			latchkey.cache.max-entries       | 1 0          | a whole number
			latchkey.tokens.prune.batch-size | #10          | a whole number
			latchkey.passwords.min-length    | 015          | a whole number
			latchkey.passwords.min-length    | ００15       | a whole number
			latchkey.web.max-body-size       | 64           | a size with its unit
			latchkey.web.max-body-size       | 64 kilo      | a size with its unit
			latchkey.web.reauthenticate-after| 3600         | a duration with its unit
			latchkey.web.reauthenticate-after | ${nowhere} | a duration with its unit
			""")
	void aValueThatCannotBeReadSaysWhatIsMeant(String name, String value, String meant) {
		assertThat(faults(Map.of(name, value), Map.of())).singleElement()
			.asString()
			.startsWith("Setting " + name + " ")
			.contains(meant);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			latchkey.tokens.default-lifetime   | 400d
			latchkey.tokens.default-lifetime   | never
			latchkey.tokens.prefix             | LK
			latchkey.tokens.prefix             | ''
			latchkey.tokens.prune.cron         | daily
			latchkey.tokens.prune.batch-size   | 0
			latchkey.cache.max-staleness       | 1ms
			latchkey.cache.max-age             | 1s
			latchkey.tokens.pepper             | short
			latchkey.tokens.pepper             | ''
			latchkey.tokens.pepper             | AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
			latchkey.tokens.pepper             | this is not Base64 but it is long enough for it, surely
			latchkey.tokens.retired-pepper     | DhyDuDQyhIMc0LGMZiT2MDvAUHS2T1xG7P7mpdNLDAo=
			latchkey.tokens.retired-pepper     | abcd
			latchkey.cache.max-entries         | 0
			latchkey.limits.token              | 0
			latchkey.cache.listen-url          | postgres://db/latchkey
			latchkey.oauth.access-token-lifetime | 0s
			latchkey.oauth.key-encryption-key  | short
			latchkey.oauth.issuer              | tok.example.com
			latchkey.oauth.issuer              | https://tok.example.com/?a=b
			latchkey.security.header           | X Token
			latchkey.security.trusted-proxies  | localhost
			latchkey.security.trusted-proxies  | 10.0.0.0/33
			latchkey.web.public-url            | tok.example.com
			latchkey.web.public-url            | https://tok.example.com/latchkey
			latchkey.web.cors.allowed-origins  | *
			latchkey.web.cors.allowed-origins  | https://app.example/
			latchkey.web.cors.allowed-origins  | https://*.example
			latchkey.web.cors.allowed-origins  | app.example
			latchkey.web.reauthenticate-after  | 0s
			latchkey.web.session.idle-timeout  | 0s
			latchkey.web.session.idle-timeout  | 13h
			latchkey.web.cors.allowed-origins  | https://app.example:99999
			latchkey.web.public-url            | ''
			latchkey.security.trusted-proxies  | 0.0.0.0/0
			latchkey.security.trusted-proxies  | 10.0.0.0/8,::/0
			latchkey.security.trusted-proxies  | 203.0.113.9/0
			latchkey.security.trusted-proxies  | ::ffff:0:0/96
			latchkey.security.header           | Cookie
			latchkey.security.header           | host
			latchkey.security.header           | Content-Type
			latchkey.security.header           | X-Forwarded-For
			latchkey.security.header           | ORIGIN
			latchkey.security.header           | Proxy-Authorization
			latchkey.oauth.access-token-lifetime | 31d
			latchkey.oauth.signing-key-lifetime | 1s
			latchkey.oauth.signing-key-lifetime | 59m
			latchkey.tokens.max-grace-period   | 8d
			latchkey.leaks.keys                | MFkwEwYHKoZIzj0CAQ
			latchkey.leaks.keys                | github=MFkwEwYHKoZIzj0CAQ
			latchkey.leaks.max-body-size       | 0B
			latchkey.mail.from                 | nobody
			latchkey.mail.from                 | a@example.com, b@example.com
			""")
	void aValueThatCannotBeMeantIsNamed(String name, String value) {
		assertThat(faults(Map.of(name, value), Map.of())).singleElement()
			.asString()
			.startsWith("Setting " + name + " has to be ");
	}

	@Test
	void everyFaultHasItsLineAndNoSecretStandsInIt() {
		assertThat(faults(Map.of("latchkey.oauth.key-encryption-key", "s3cret", "latchkey.tokens.prefix", "LK",
				"latchkey.tokens.prune.cron", "x"), Map.of()))
			.hasSize(3)
			.noneMatch((line) -> line.contains("s3cret"));
		assertThat(faults(Map.of("latchkey.tokens.default-lifetime", "1", "latchkey.cache.max-staleness", "1"),
				Map.of("LATCHKEY_WEB_CROS", "1", "LATCHKEY_TOKENS_PREFIX", "LK")))
			.hasSize(4);
	}

	@Test
	void everySettingThatIsWrongHasItsOneLine() {
		assertThat(this.known.all()).allSatisfy((setting) -> {
			if (!ANYTHING.contains(setting.name())) {
				assertThat(faults(beside(setting, place(setting)), Map.of())).as(setting.name())
					.singleElement()
					.satisfies((line) -> assertSays(setting, line));
			}
		});
	}

	@Test
	void everyVariableThatIsWrongHasItsOneLine() {
		assertThat(this.known.all()).allSatisfy((setting) -> {
			if (!ANYTHING.contains(setting.name())) {
				String variable = variable(place(setting));
				Map<String, Object> variables = new HashMap<>();
				beside(setting, place(setting)).forEach((name, value) -> variables.put(variable(name), value));
				assertThat(faults(Map.of(), variables)).as(variable)
					.singleElement()
					.satisfies((line) -> assertSays(setting, line))
					.asString()
					.contains("(" + variable + ")");
			}
		});
	}

	/** What fills in templates writes such variables where it knows nothing. */
	@Test
	void aVariableWithoutAValueIsAsIfItWereNotThere() {
		assertThat(this.known.all()).filteredOn((setting) -> !setting.isList() && !setting.isSecret())
			.hasSizeGreaterThan(40)
			.allSatisfy((setting) -> {
				StandardEnvironment environment = new StandardEnvironment();
				String variable = variable(setting.name());
				assertThat(faults(environment, new MapPropertySource("arguments", Map.of()), Map.of(variable, "")))
					.as(variable)
					.isEmpty();
				assertThat(environment.containsProperty(setting.name())).as(variable).isFalse();
			});
	}

	@Test
	void aSecretOrAServersNameThatCameOutEmptyStopsTheStart() {
		assertThat(List.of("latchkey.tokens.pepper", "latchkey.oauth.key-encryption-key", "latchkey.web.public-url"))
			.allSatisfy((name) -> assertThat(faults(Map.of(), Map.of(variable(name), ""))).singleElement()
				.asString()
				.startsWith("Setting " + name + " has to be "));
	}

	@Test
	void allThatIsWrongIsSaidAtOnce() {
		Map<String, Object> wrong = new LinkedHashMap<>();
		this.known.all().forEach((setting) -> {
			if (!ANYTHING.contains(setting.name())) {
				wrong.put(place(setting), wrong(setting));
			}
		});
		wrong.put("latchkey.nonsense.at-all", "1");
		Map<String, Object> all = new HashMap<>(COMPANIONS);
		all.putAll(wrong);
		List<String> lines = faults(all, Map.of("LATCHKEY_TOKENS_PREFIXES", "1"));
		assertThat(lines).hasSize(wrong.size() + 1);
		assertThat(wrong.keySet())
			.allSatisfy((name) -> assertThat(lines).anyMatch((line) -> line.startsWith("Setting " + name + " ")));
	}

	@Test
	void everyWholeNumberIsMoreThanNothing() {
		assertThat(this.known.all()).filteredOn(Setting::isNumber)
			.isNotEmpty()
			.allSatisfy((setting) -> assertThat(faults(Map.of(setting.name(), "-1"), Map.of())).as(setting.name())
				.singleElement()
				.asString()
				.contains("has to be ", "it is \"-1\""));
	}

	@Test
	void whatIsSecretIsKnownByItsName() {
		assertThat(this.known.all()).filteredOn(Setting::isSecret)
			.extracting(Setting::name)
			.containsExactlyInAnyOrder("latchkey.admin.password", "latchkey.cache.listen-url", "latchkey.leaks.keys",
					"latchkey.oauth.key-encryption-key", "latchkey.tokens.pepper", "latchkey.tokens.retired-pepper",
					"latchkey.tracing.headers");
	}

	/** Which of two counted would be chance, and one of two peppers is the wrong one. */
	@ParameterizedTest
	@CsvSource({ "latchkey.tokens.retired-pepper, latchkey.tokens.retiredPepper",
			"latchkey.tokens.pepper, Latchkey.Tokens.Pepper",
			"latchkey.oauth.key-encryption-key, latchkey.oauth.key_encryption_key" })
	void aSettingThatOnePlaceGivesTwiceNamesBothSpellingsAndNoValue(String one, String other) {
		assertThat(faults(Map.of(one, PEPPER, other, ANOTHER), Map.of())).filteredOn((line) -> line.contains("twice"))
			.singleElement()
			.asString()
			.startsWith("Setting " + one + " is given twice in one place, as ")
			.contains(" as " + one, " as " + other)
			.doesNotContain(PEPPER, ANOTHER);
		assertThat(faults(Map.of(one, PEPPER, other, PEPPER), Map.of())).noneMatch((line) -> line.contains("twice"));
	}

	@Test
	void aVariableInTwoSpellingsNamesBoth() {
		assertThat(faults(Map.of(),
				Map.of("LATCHKEY_TOKENS_PEPPER", ANOTHER, "LATCHKEY_TOKENS_RETIREDPEPPER", PEPPER,
						"LATCHKEY_TOKENS_RETIRED_PEPPER", THIRD)))
			.singleElement()
			.asString()
			.startsWith("Setting latchkey.tokens.retired-pepper is given twice in one place, as ")
			.contains("LATCHKEY_TOKENS_RETIREDPEPPER", "LATCHKEY_TOKENS_RETIRED_PEPPER")
			.doesNotContain(PEPPER, ANOTHER, THIRD);
		assertThat(faults(Map.of(), Map.of("LATCHKEY_TOKENS_PEPPER", PEPPER, "latchkey_tokens_pepper", ANOTHER)))
			.singleElement()
			.asString()
			.contains("LATCHKEY_TOKENS_PEPPER", "latchkey_tokens_pepper");
		assertThat(faults(Map.of(), Map.of("LATCHKEY_TOKENS_PEPPER", PEPPER, "LATCHKEY_TOKENS_RETIREDPEPPER", ANOTHER)))
			.isEmpty();
		assertThat(faults(Map.of(), Map.of("LATCHKEY_CACHE_MAXAGE", "30s", "LATCHKEY_CACHE_MAX_AGE", ""))).isEmpty();
		assertThat(faults(Map.of(), Map.of("LATCHKEY_CACHE_MAXAGE", "30s", "LATCHKEY_CACHE_MAX_AGE", "31s")))
			.hasSize(1);
	}

	@Test
	void aListThatIsGivenAsAWholeAndByEntriesNamesBoth() {
		assertThat(faults(Map.of("latchkey.security.trusted-proxies", "10.0.0.1",
				"latchkey.security.trusted-proxies[0]", "10.0.0.2"), Map.of()))
			.singleElement()
			.asString()
			.startsWith("Setting latchkey.security.trusted-proxies is given twice in one place, as ")
			.contains("latchkey.security.trusted-proxies[0]");
		assertThat(faults(Map.of(),
				Map.of("LATCHKEY_SECURITY_TRUSTEDPROXIES", "10.0.0.1", "LATCHKEY_SECURITY_TRUSTEDPROXIES_0",
						"10.0.0.2")))
			.singleElement()
			.asString()
			.contains("LATCHKEY_SECURITY_TRUSTEDPROXIES", "LATCHKEY_SECURITY_TRUSTEDPROXIES_0");
		assertThat(faults(Map.of("latchkey.security.trusted-proxies[0]", "10.0.0.1",
				"latchkey.security.trustedProxies[1]", "10.0.0.2"), Map.of()))
			.isEmpty();
	}

	/** An argument counts before a variable: that is what both are for. */
	@Test
	void ofTwoPlacesTheNearerOneCounts() {
		StandardEnvironment environment = new StandardEnvironment();
		assertThat(faults(environment,
				new MapPropertySource("arguments", Map.of("latchkey.tokens.retired-pepper", ANOTHER)),
				Map.of("LATCHKEY_TOKENS_PEPPER", PEPPER, "LATCHKEY_TOKENS_RETIREDPEPPER", THIRD)))
			.isEmpty();
		assertThat(environment.getProperty("latchkey.tokens.retired-pepper")).isEqualTo(ANOTHER);
	}

	@Test
	void everySettingMayBeGivenInOneSpellingOnly() {
		assertThat(this.known.all()).filteredOn((setting) -> setting.name().contains("-"))
			.hasSizeGreaterThan(30)
			.allSatisfy((setting) -> {
				String name = place(setting);
				String variable = variable(name);
				String older = name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
				assertThat(faults(Map.of(), Map.of(variable, "one", older, "other"))).as(variable)
					.anyMatch((line) -> line.startsWith("Setting %s is given twice".formatted(name)));
			});
	}

	@ParameterizedTest
	@CsvSource({ "latchkey.tokens.defualt-lifetime, latchkey.tokens.default-lifetime",
			"latchkey.token.prefix, latchkey.tokens.prefix",
			"latchkey.session.idle-timeout, latchkey.web.session.idle-timeout",
			"latchkey.security.trusted-proxy, latchkey.security.trusted-proxies",
			"latchkey.resources[3].nmae, latchkey.resources[n].name", "LATCHKEY_ADMIN_PASSWRD, latchkey.admin.password",
			"LATCHKEY_TOKEN_PREFIX, latchkey.tokens.prefix",
			"LATCHKEY_SECURITY_TRUSTED_PROXY, latchkey.security.trusted-proxies" })
	void theNearestNameIsSaid(String typed, String meant) {
		boolean variable = typed.startsWith("LATCHKEY_");
		assertThat(variable ? faults(Map.of(), Map.of(typed, "s3cret")) : faults(Map.of(typed, "s3cret"), Map.of()))
			.singleElement()
			.asString()
			.startsWith("Setting " + typed + " does not exist; the nearest is ")
			.contains(meant)
			.doesNotContain("s3cret");
	}

	@Test
	void whatIsNearNothingIsToldWhatThereIs() {
		assertThat(faults(Map.of("latchkey.tokens.colour-of-all-buttons", "1", "latchkey.zzz", "1"), Map.of()))
			.anyMatch((line) -> line.contains("those of its group are latchkey.tokens.default-lifetime"))
			.anyMatch((line) -> line.contains("the groups are latchkey.admin"));
	}

	@Test
	void namesThatDoNotExistAreWarnedOfWhereThatIsWanted() {
		assertThat(faults(Map.of("latchkey.settings.lenient", "true", "latchkey.tokens.prefixx", "lk"),
				Map.of("LATCHKEY_LIMITS_ANYTHING", "1")))
			.isEmpty();
		assertThat(faults(Map.of("latchkey.tokens.prefixx", "lk"), Map.of("LATCHKEY_SETTINGS_LENIENT", "true")))
			.isEmpty();
		assertThat(faults(Map.of("latchkey.settings.lenient", "true", "latchkey.tokens.prefix", "LK"), Map.of()))
			.hasSize(1);
		assertThat(faults(Map.of("latchkey.settings.lenient", "perhaps", "latchkey.tokens.prefixx", "lk"), Map.of()))
			.hasSize(2);
	}

	@Test
	void aValueIsShownAsItIsWrittenOnOneLineAndWithoutAPassword() {
		assertThat(faults(Map.of("latchkey.oauth.issuer", "ftp://me:s3cret@host/\n\u202e" + "x".repeat(500)), Map.of()))
			.singleElement()
			.asString()
			.contains("it is \"ftp://****@host/??xxx")
			.doesNotContain("s3cret", "\n", "x".repeat(101));
		assertThat(faults(Map.of("latchkey.web.public-url[0]", "https://a.example", "latchkey.web.public-url[1]", "b"),
				Map.of()))
			.singleElement()
			.asString()
			.endsWith("it is \"https://a.example,b\".");
		assertThat(faults(Map.of("latchkey.web.public-url", "${LATCHKEY_HIDDEN}"), Map.of())).singleElement()
			.asString()
			.contains("it is \"${LATCHKEY_HIDDEN}\"");
		assertThat(faults(Map.of("latchkey.admin.password", "s3cret"), Map.of())).singleElement()
			.asString()
			.startsWith("Setting latchkey.admin.email has to be set where latchkey.admin.password is")
			.endsWith("; it is not set.");
	}

	@Test
	void nothingFalseIsSaidOfASettingBesideOneThatCannotBeRead() {
		assertThat(faults(Map.of("latchkey.web.session.idle-timeout", "13h", "latchkey.web.session.max-lifetime", "24"),
				Map.of()))
			.singleElement()
			.asString()
			.startsWith("Setting latchkey.web.session.max-lifetime cannot be read");
	}

	/** Spring Boot would print a stack trace. */
	@ParameterizedTest
	@ValueSource(strings = { "spring.datasource.url", "server.port", "management.server.port" })
	void whatRefersToNothingIsNamed(String name) {
		assertThat(faults(Map.of(name, "x${nowhere.to.be.found}"), Map.of())).singleElement()
			.asString()
			.startsWith("Setting " + name + " cannot be read; it refers to a setting that does not exist");
		assertThat(faults(Map.of(name, "${nowhere.to.be.found:8080}"), Map.of())).isEmpty();
	}

	/**
	 * Where a setting is read by its name it is written into the additional metadata by
	 * hand.
	 */
	@Test
	void everySettingThatTheSourcesReadIsKnown() throws IOException {
		Pattern read = Pattern.compile("(?:\\$\\{|getProperty\\(\"|name = \")(latchkey\\.[a-z.-]+[a-z])(?=[:}\"])");
		Set<String> names = new TreeSet<>();
		try (Stream<Path> files = Files.walk(SOURCES)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				for (Matcher matcher = read.matcher(Files.readString(file)); matcher.find();) {
					names.add(matcher.group(1));
				}
			}
		}
		names.removeAll(this.known.groups().values());
		assertThat(names).isNotEmpty().allMatch((name) -> this.known.faultOf(name).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "latchkey.resources[0].name", "latchkey.resources[1].scopes[12].role",
			"latchkey.resources[0].scopes.0.name", "Latchkey.Resources[0].Address" })
	void whatStandsInAListOfGroupsIsKnown(String name) {
		assertThat(this.known.faultOf(name)).isEmpty();
		assertThat(this.known.faultOfVariable("LATCHKEY_RESOURCES_0_SCOPES_0_NAME")).isEmpty();
		assertThat(this.known.faultOf("latchkey.resources[0].nmae")).isPresent();
		assertThat(this.known.faultOfVariable("LATCHKEY_RESOURCES_0_SCOPE_0_NAME")).isPresent();
	}

	@Test
	void eachResourceIsReadAndRefusedInOneLineEach() {
		Map<String, Object> good = Map.of("latchkey.resources[0].name", "parcels", "latchkey.resources[0].address",
				"https://parcels.example.com", "latchkey.resources[0].scopes[0].name", "parcels:read",
				"latchkey.resources[0].scopes[0].description", "See your parcels");
		assertThat(faults(good, Map.of())).isEmpty();
		Map<String, Object> bad = new HashMap<>(good);
		bad.put("latchkey.resources[0].address", "nowhere");
		bad.put("latchkey.resources[0].scopes[0].role", "GUEST");
		assertThat(faults(bad, Map.of())).hasSize(2)
			.anyMatch((line) -> line.startsWith("Setting latchkey.resources[0].address must be an absolute URI"))
			.anyMatch((line) -> line.startsWith("Setting latchkey.resources[0].scopes[0].role must be USER"));
		bad.put("latchkey.resources[2].name", "far");
		assertThat(faults(bad, Map.of())).singleElement().asString().contains("latchkey.resources");
	}

	/** Such a variable is another program's, also where Spring would bind it. */
	@ParameterizedTest
	@ValueSource(strings = { "CACHE", "ADMIN", "TOKENS", "WEB", "SECURITY", "OAUTH", "PASSWORDS", "AUDIT", "LIMITS",
			"cache" })
	void aVariableWithTheBareNameOfAGroupIsLeftAlone(String group) {
		assertThat(faults(Map.of(), Map.of("LATCHKEY_" + group, "redis://x", "LATCHKEY_CACHE_MAXENTRIES", "5")))
			.isEmpty();
	}

	/** In YAML these are numbers, and other ones than they look like. */
	@ParameterizedTest
	@ValueSource(strings = { "passwords:\n    min-length: 015", "passwords: {min-length: 015, renew: true}",
			"passwords:\n    min-length: 0x1f # long", "passwords:\n    min-length: 1_6", "passwords.min-length: 1:30",
			"passwords:\n    minLength:   +16", "passwords:\n    min-length: &length 015", "tokens:\n    prefix: 010",
			"tokens.prune:\n    batch-size: 01_000" })
	void aNumberOfAFileIsTheOneThatIsWrittenThere(String yaml) throws IOException {
		assertThat(faultsOfFile("latchkey:\n  " + yaml)).singleElement()
			.asString()
			.contains("cannot be read; expected");
	}

	@ParameterizedTest
	@ValueSource(strings = { "passwords:\n    min-length: 16", "passwords: {min-length: 16, renew: true}",
			"passwords: {min-length: 16}", "passwords:\n    min-length: \"16\"",
			"passwords:\n    min-length: 16 # a comment", "tokens:\n    prefix: \"010\"",
			"passwords:\n    min-length: &length 16\n  cache:\n    max-entries: *length",
			"passwords:\n    min-length: !!int 16" })
	void aPlainNumberOfAFileIsTaken(String yaml) throws IOException {
		assertThat(faultsOfFile("latchkey:\n  " + yaml)).isEmpty();
	}

	@Test
	void whatIsMeantIsSaidInPlainText() {
		assertThat(StreamSupport.stream(this.known.all().spliterator(), false))
			.noneMatch((setting) -> setting.meant().contains("{@"));
	}

	@Test
	void everySettingSaysWhatIsMeant() {
		assertThat(StreamSupport.stream(this.known.all().spliterator(), false))
			.allMatch((setting) -> !setting.description().isBlank());
	}

	private static void assertSays(Setting setting, String line) {
		assertThat(line).startsWith("Setting " + place(setting) + " ");
		assertThat(line).containsAnyOf("; expected ", " has to be ", " must ");
		if (setting.isSecret()) {
			assertThat(line).contains("its value").contains("is not shown").doesNotContain(wrong(setting));
		}
		else {
			assertThat(line).contains("it is \"" + wrong(setting) + "\"");
		}
	}

	/** Where a value stands: in a list of groups, in one of its entries. */
	private static String place(Setting setting) {
		return setting.name().equals("latchkey.resources") ? "latchkey.resources[0].name" : setting.name();
	}

	private static String variable(String name) {
		return name.replace("-", "").replace("[0].", "_0_").replace('.', '_').toUpperCase(Locale.ROOT);
	}

	private static Map<String, Object> beside(Setting setting, String place) {
		Map<String, Object> settings = new HashMap<>(COMPANIONS);
		settings.put(place, wrong(setting));
		return settings;
	}

	private static String wrong(Setting setting) {
		boolean text = !setting.hasUnit() && !setting.isNumber() && !setting.type().endsWith("Boolean");
		return text ? Objects.requireNonNull(WRONG_TEXTS.get(setting.name()), setting.name()) : "a-few";
	}

	private static List<String> faultsOfFile(String yaml) throws IOException {
		return faults(new YamlPropertySourceLoader()
			.load("application.yaml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.get(0), Map.of());
	}

	private static List<String> faults(Map<String, Object> arguments, Map<String, Object> variables) {
		return faults(new MapPropertySource("arguments", arguments), variables);
	}

	private static List<String> faults(PropertySource<?> settings, Map<String, Object> variables) {
		return faults(new StandardEnvironment(), settings, variables);
	}

	private static List<String> faults(StandardEnvironment environment, PropertySource<?> settings,
			Map<String, Object> variables) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			environment.getPropertySources()
				.forEach((source) -> environment.getPropertySources().remove(source.getName()));
			environment.getPropertySources().addLast(settings);
			environment.getPropertySources()
				.addLast(new SystemEnvironmentPropertySource(
						StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
			context.setEnvironment(environment);
			return Optional
				.ofNullable(catchThrowableOfType(StartupFailure.class, () -> new SettingsCheck().initialize(context)))
				.map(StartupFailure::lines)
				.orElse(List.of());
		}
	}

}
