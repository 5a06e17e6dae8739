package dev.latchkey.openapi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients of the last release count on stays. Spoiled copies show that it would be
 * noticed if it did not.
 */
class BreakingChangesTests {

	private static final Logger log = LoggerFactory.getLogger(BreakingChangesTests.class);

	private static final Path FILE = Path.of("docs/openapi.yaml");

	@Test
	void nothingIsBrokenSinceTheLastRelease() throws IOException, InterruptedException {
		String released = released();
		if (released.isEmpty()) {
			log.warn("NOT COMPARED: the last release has no such document, or this is no clone that has the release");
		}
		else {
			assertThat(BreakingChanges.between(Documented.of(released), written())).isEmpty();
		}
	}

	@Test
	void theSameDocumentBreaksNothing() throws IOException {
		assertThat(BreakingChanges.between(written(), written())).isEmpty();
	}

	@Test
	void whatComesNewBreaksNothing() throws IOException {
		assertThat(spoiled((now) -> {
			Nodes.made(Nodes.object(schema(now, "TokenBody"), "properties"), "colour").put("type", "string");
			Nodes.made(Nodes.object(schema(now, "NewToken"), "properties"), "colour").put("type", "string");
		})).isEmpty();
	}

	@Test
	void aRouteThatIsGoneIsNoticed() throws IOException {
		assertThat(spoiled((now) -> Nodes.object(Nodes.object(now.root(), "paths"), "/api/user").remove("get")))
			.containsExactly("GET /api/user is gone");
	}

	@Test
	void aFieldThatIsGoneIsNoticed() throws IOException {
		assertThat(spoiled((now) -> Nodes.object(schema(now, "TokenBody"), "properties").remove("hint")))
			.contains("GET /api/tokens 200.items[].hint is gone", "POST /api/tokens 201.hint is gone");
	}

	@Test
	void aFieldOfAnotherTypeIsNoticed() throws IOException {
		assertThat(spoiled((now) -> Nodes.object(Nodes.object(schema(now, "UserBody"), "properties"), "enabled")
			.put("type", "string"))).contains("GET /api/users/{id} 200.enabled has another type: [string]");
	}

	@Test
	void aFieldThatMayBeNullOrMissingNowIsNoticed() throws IOException {
		assertThat(spoiled((now) -> Nodes.object(Nodes.object(schema(now, "UserBody"), "properties"), "name")
			.put("type", List.of("string", "null")))).isNotEmpty();
		assertThat(spoiled((now) -> schema(now, "UserBody").put("required", new ArrayList<>())))
			.contains("GET /api/users/{id} 200.name is not always there");
	}

	@Test
	void aRequestThatHasToSayMoreIsNoticed() throws IOException {
		assertThat(
				spoiled((now) -> schema(now, "NewToken").put("required", List.of("name", "scopes", "expires_in_days"))))
			.containsExactly("POST /api/tokens application/json needs the field expires_in_days");
		assertThat(spoiled((now) -> Nodes.object(schema(now, "TokenChange"), "properties").remove("name")))
			.contains("PATCH /api/tokens/{id} application/json does not take the field name");
	}

	@Test
	void anotherScopeOrNameIsNoticed() throws IOException {
		assertThat(spoiled(
				(now) -> get(now, "/api/user").put("security", List.of(Map.of("oauth2", List.of("users:read"))))))
			.containsExactly("GET /api/user asks for more scopes: [users:read]");
		assertThat(spoiled((now) -> get(now, "/api/user").put("operationId", "whoAmI")))
			.containsExactly("GET /api/user has another operationId: whoAmI");
	}

	private static List<String> spoiled(Consumer<Documented> spoil) throws IOException {
		Documented now = written();
		spoil.accept(now);
		return BreakingChanges.between(written(), now);
	}

	private static Map<String, Object> schema(Documented document, String name) {
		return Nodes.object(document.schemas(), name);
	}

	private static Map<String, Object> get(Documented document, String path) {
		return Nodes.object(Nodes.object(Nodes.object(document.root(), "paths"), path), "get");
	}

	private static Documented written() throws IOException {
		return Documented.of(Files.readString(FILE));
	}

	/** Empty where the release has none, or this is no clone that has the release. */
	private static String released() throws IOException, InterruptedException {
		String commit = Files.readString(Path.of(".ci/last-release")).strip();
		Process git;
		try {
			git = new ProcessBuilder("git", "show", commit + ":" + FILE).redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			// There is no git here.
			return "";
		}
		String shown = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return (git.waitFor() == 0) ? shown : "";
	}

}
