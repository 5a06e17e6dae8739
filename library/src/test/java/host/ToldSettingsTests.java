package host;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services that keep what an application says of a token forget it where its settings say
 * something else. Of those that it shares with the server, a test of the server says so.
 */
class ToldSettingsTests {

	private static final JsonMapper JSON = new JsonMapper();

	/** They make other rules. */
	private static final List<String> TOLD = List.of("latchkey.scopes", "latchkey.routes.administration");

	/**
	 * They are written into the row of the owner, which is told of, when he is asked
	 * about again; that is as long as an answer is believed at the most.
	 */
	private static final List<String> IN_ROWS = List.of("latchkey.owners.administrator", "latchkey.owners.superuser",
			"latchkey.owners.username-is-id", "latchkey.owners.max-staleness");

	/** No answer depends on them. */
	private static final List<String> OF_NO_CONSEQUENCE = List.of("latchkey.paths", "latchkey.schema.initialize",
			"latchkey.limits.by-network", "latchkey.routes.enabled", "latchkey.routes.prefix",
			"latchkey.routes.forward-auth", "latchkey.routes.introspection", "latchkey.routes.pages",
			"latchkey.routes.layout", "latchkey.routes.sign-in");

	@Test
	void eachIsToldOrOfNoConsequence() throws IOException {
		Set<String> own = new TreeSet<>();
		for (URL metadata : Collections
			.list(getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream in = metadata.openStream()) {
				JSON.readTree(in).path("properties").forEach((setting) -> own.add(setting.path("name").asString()));
			}
		}
		own.removeIf((name) -> !name.startsWith("latchkey."));
		own.removeAll(ofTheServer());
		List<String> explained = new ArrayList<>(TOLD);
		explained.addAll(IN_ROWS);
		explained.addAll(OF_NO_CONSEQUENCE);
		assertThat(explained).as("Each setting says here whether answers depend on it")
			.containsExactlyInAnyOrderElementsOf(own);
	}

	private static List<String> ofTheServer() throws IOException {
		return Files.readAllLines(Path.of("..", "docs", "settings.md"))
			.stream()
			.filter((line) -> line.startsWith("| `latchkey."))
			.map((line) -> line.split("`")[1])
			.toList();
	}

	@Test
	void whatIsToldMakesOtherRules() {
		assertThat(Stream.of(rules(), rules("latchkey.routes.administration=true"),
				rules("latchkey.scopes[0].name=cash:count", "latchkey.scopes[0].description=Count the cash"),
				rules("latchkey.scopes[0].name=cash:count", "latchkey.scopes[0].description=Count the cash",
						"latchkey.scopes[0].role=admin")))
			.doesNotHaveDuplicates();
	}

	private static String rules(String... settings) {
		String[] all = Stream.concat(Stream.of("latchkey.routes.introspection=true"), Stream.of(settings))
			.toArray(String[]::new);
		try (Running shop = Running
			.start(List.of(Shop.class, IntrospectionTests.Chain.class, IntrospectionTests.Services.class), all)) {
			HttpRequest.Builder question = shop.request("/oauth2/introspect")
				.header("Authorization", "Basic YmlsbGluZzpnb29k")
				.header("Cache-Control", "no-cache")
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString("token=" + shop.token("anna", "invoices:read")));
			return JSON.readTree(shop.send(question).body()).path("rules").asString();
		}
	}

}
