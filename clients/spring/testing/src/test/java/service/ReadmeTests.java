package service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.junit.LatchkeyServer;
import dev.latchkey.junit.WithLatchkey;
import dev.latchkey.resourceserver.TokenVerifier;
import dev.latchkey.resourceserver.Verdict;
import dev.latchkey.resourceserver.VerifierSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README lists is compiled here, and works as it stands there. The commands are
 * typed by {@code .ci/run}.
 */
@WithLatchkey(settings = { "latchkey.resources[0].name=parcels",
		"latchkey.resources[0].address=https://parcels.example", "latchkey.resources[0].scopes[0].name=parcels:read",
		"latchkey.resources[0].scopes[0].description=Read parcels", "latchkey.resources[0].scopes[0].role=USER" })
class ReadmeTests {

	private static final String PREFIX = "latchkey.resource-server.";

	private static final Path SOURCES = Path.of("src/test/java/service");

	private static final Path EXAMPLE = Path.of("../../../examples/existing-application/courier/pom.xml");

	private static final Pattern LISTING = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

	private static final Pattern REGISTRATION = Pattern
		.compile("(?s)curl \\$BASE/api/clients -H \"Authorization: Bearer \\$ADMIN\" .*?-d '(\\{.*?\\})'");

	/** Of the table of settings: names, and the default where there is one. */
	private static final Pattern SETTING = Pattern.compile("(?m)^\\| ((?:`[a-z-]+`(?:, )?)+) \\|(?: `([^`]*)`)? \\|");

	private final HttpClient http = HttpClient.newHttpClient();

	private final String readme = read(Path.of("../README.md"));

	@Test
	void everyListingInJavaStandsInWhatIsCompiled() throws IOException {
		List<List<String>> sources;
		try (Stream<Path> files = Files.list(SOURCES)) {
			sources = files.map((file) -> bare(read(file))).toList();
		}
		assertThat(listings("java")).hasSize(5)
			.allSatisfy(
					(listing) -> assertThat(sources).as(listing).anyMatch((source) -> stands(bare(listing), source)));
	}

	/** One whose tests are run. */
	@Test
	void theDependencyIsThatOfAnExample() {
		assertThat(listings("xml")).hasSize(1)
			.allMatch((listing) -> Collections.indexOfSubList(bare(read(EXAMPLE)), bare(listing)) >= 0);
	}

	@Test
	void theTableHasEverySettingWithItsDefault() throws IOException {
		Map<String, String> told = new TreeMap<>();
		Matcher row = SETTING.matcher(section("## Settings"));
		while (row.find()) {
			String usual = (row.group(2) != null) ? row.group(2) : "";
			for (String name : row.group(1).split(", ")) {
				told.put(PREFIX + name.replace("`", ""), usual);
			}
		}
		Map<String, String> there = new TreeMap<>();
		for (URL metadata : Collections
			.list(getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream in = metadata.openStream()) {
				List<Map<String, Object>> settings = JsonPath.parse(in).read("$.properties");
				settings.forEach((setting) -> there.put(String.valueOf(setting.get("name")),
						String.valueOf(setting.getOrDefault("defaultValue", ""))));
			}
		}
		there.keySet().removeIf((name) -> !name.startsWith(PREFIX));
		assertThat(told).isEqualTo(there);
	}

	@Test
	void aServiceOfTheseListingsTakesTokens(LatchkeyServer latchkey, @TempDir Path folder) throws Exception {
		Path settings = Files.writeString(folder.resolve("application.yaml"), listings("yaml").get(0));
		String secret = register(latchkey);
		String token = latchkey.token("parcels:read");
		for (Class<?> service : List.of(Parcels.class, SecondWay.class)) {
			try (ConfigurableApplicationContext running = new SpringApplicationBuilder(service).run(
					"--spring.config.location=" + settings.toUri(), "--server.port=0",
					"--latchkey.resource-server.address=" + latchkey.address(), "--LATCHKEY_CLIENT_SECRET=" + secret)) {
				URI parcels = URI.create("http://127.0.0.1:%s/parcels"
					.formatted(running.getEnvironment().getProperty("local.server.port")));
				assertThat(status(parcels, token)).as(service.getName()).isEqualTo(200);
				assertThat(status(parcels, latchkey.token("user:read"))).as(service.getName()).isEqualTo(401);
			}
		}
		assertThat(withoutSpring(latchkey.address(), "parcels", secret, token, "127.0.0.1"))
			.isInstanceOf(Verdict.Accepted.class);
	}

	private static Verdict withoutSpring(URI address, String clientId, String secret, String token,
			String remoteAddress) {
		TokenVerifier verifier = new TokenVerifier(VerifierSettings.of(address, clientId, secret));
		verifier.start();
		Verdict verdict = verifier.verify(token, remoteAddress);
		verifier.close();
		return verdict;
	}

	/** As the page says; returns the secret. */
	private String register(LatchkeyServer latchkey) throws Exception {
		Matcher body = REGISTRATION.matcher(this.readme);
		assertThat(body.find()).isTrue();
		HttpResponse<String> answer = this.http.send(HttpRequest.newBuilder(latchkey.address().resolve("/api/clients"))
			.header("Authorization", "Bearer " + latchkey.token("*"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body.group(1)))
			.build(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return JsonPath.read(answer.body(), "$.client_secret");
	}

	private int status(URI address, String token) throws Exception {
		return this.http
			.send(HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token).build(),
					BodyHandlers.discarding())
			.statusCode();
	}

	private List<String> listings(String language) {
		return LISTING.matcher(this.readme)
			.results()
			.filter((listing) -> listing.group(1).equals(language))
			.map((listing) -> listing.group(2))
			.toList();
	}

	private String section(String heading) {
		String section = this.readme.substring(this.readme.indexOf(heading) + heading.length());
		return section.substring(0, section.indexOf("\n## "));
	}

	/** Imports anywhere, and the rest line by line. */
	private static boolean stands(List<String> listing, List<String> source) {
		List<String> rest = new ArrayList<>(listing);
		rest.removeIf((line) -> line.startsWith("import ") && source.contains(line));
		return Collections.indexOfSubList(source, rest) >= 0;
	}

	private static List<String> bare(String text) {
		return text.lines().map(String::strip).filter((line) -> !line.isEmpty()).toList();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
