package dev.latchkey.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.openapi.Documented.Operation;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.WrittenDown;
import org.junit.jupiter.api.Test;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Postman collection: the requests of {@code postman/flows.json} in their order, with
 * what the document says about each beside it.
 */
@LatchkeyTest
class PostmanCollectionTests {

	private static final Path FLOWS = Path.of("postman/flows.json");

	/** Kept equal to the server, and has the sample's routes where the sample is gone. */
	private static final Path DOCUMENT = Path.of("docs/openapi.yaml");

	private static final Path COLLECTION = Path.of("postman/latchkey.postman_collection.json");

	private static final int ASSERTIONS = 120;

	private static final Pattern STATUS = Pattern.compile("to\\.have\\.status\\((\\d{3})\\)");

	private final JsonMapper json = JsonMapper.builder()
		.defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("\t", "\n"))
			.withArrayIndenter(new DefaultIndenter("\t", "\n")))
		.build();

	@Autowired
	private Http http;

	@Test
	void theFlowsCallEveryOperation() throws IOException {
		List<Map<String, Object>> requests = items(flows()).map((item) -> Nodes.object(item, "request")).toList();
		assertThat(Documented.by(this.http).operations())
			.allSatisfy((operation) -> assertThat(requests).as("%s has no request in %s", operation, FLOWS)
				.anyMatch((request) -> operation.takes(String.valueOf(request.get("method")), path(request))));
	}

	@Test
	void theFlowsAssertEnoughAndEachRequestSomething() throws IOException {
		Map<String, Object> flows = flows();
		assertThat(items(flows))
			.allSatisfy((item) -> assertThat(script(item)).as("%s", item.get("name")).contains("pm.test("));
		assertThat(items(flows).mapToInt((item) -> script(item).split("pm\\.test\\(", -1).length - 1).sum())
			.isGreaterThanOrEqualTo(ASSERTIONS);
		assertThat(Nodes.objects(flows, "item")).allSatisfy((folder) -> assertThat(folder).containsKey("description"));
	}

	@Test
	void theCollectionIsMadeOfTheFlowsAndTheDocument() throws IOException {
		Map<String, Object> collection = flows();
		List<Operation> operations = Documented.of(Files.readString(DOCUMENT)).operations();
		items(collection).forEach((item) -> describe(item, operations));
		WrittenDown.assertThatFileIs(COLLECTION,
				this.json.writerWithDefaultPrettyPrinter().writeValueAsString(collection) + "\n");
	}

	private void describe(Map<String, Object> item, List<Operation> operations) {
		Map<String, Object> request = Nodes.object(item, "request");
		Operation operation = operations.stream()
			.filter((one) -> one.takes(String.valueOf(request.get("method")), path(request)))
			.findFirst()
			.orElse(null);
		if (operation == null) {
			request.put("description", "No route takes this.");
			return;
		}
		request.put("description", "**%s** (`%s`)\n\n%s".formatted(operation.node().get("summary"), operation.id(),
				operation.node().get("description")));
		List<Object> examples = new ArrayList<>();
		Set<String> statuses = STATUS.matcher(script(item))
			.results()
			.map((found) -> found.group(1))
			.collect(Collectors.toSet());
		operation.statuses()
			.stream()
			.filter((status) -> status.startsWith("2") || statuses.contains(status))
			.forEach((status) -> examples.add(example(status, operation, request)));
		item.put("response", examples);
	}

	private Map<String, Object> example(String status, Operation operation, Map<String, Object> request) {
		Map<String, Object> response = operation.response(status);
		Map<String, Object> content = Nodes.object(response, "content");
		String type = content.keySet().stream().findFirst().orElse("");
		Map<String, Object> original = new LinkedHashMap<>(request);
		original.remove("description");
		original.remove("auth");
		HttpStatus code = HttpStatus.valueOf(Integer.parseInt(status));
		Map<String, Object> example = new LinkedHashMap<>();
		example.put("name", status + " " + code.getReasonPhrase());
		example.put("originalRequest", original);
		example.put("status", code.getReasonPhrase());
		example.put("code", code.value());
		example.put("_postman_previewlanguage", type.contains("json") ? "json" : "text");
		example.put("header", type.isEmpty() ? List.of() : List.of(Nodes.of("key", "Content-Type", "value", type)));
		example.put("body", body(Nodes.object(content, type)));
		return example;
	}

	private String body(Map<String, Object> content) {
		Object body = content.get("example");
		Map<String, Object> examples = Nodes.object(content, "examples");
		if (body == null) {
			body = examples.keySet()
				.stream()
				.findFirst()
				.map((name) -> Nodes.object(examples, name).get("value"))
				.orElse(null);
		}
		return (body == null || body instanceof String) ? String.valueOf((body != null) ? body : "")
				: this.json.writerWithDefaultPrettyPrinter().writeValueAsString(body);
	}

	private static String path(Map<String, Object> request) {
		return "/" + String.join("/", Nodes.texts(Nodes.object(request, "url"), "path"));
	}

	private static String script(Map<String, Object> item) {
		return Nodes.objects(item, "event")
			.stream()
			.filter((event) -> "test".equals(event.get("listen")))
			.flatMap((event) -> Nodes.texts(Nodes.object(event, "script"), "exec").stream())
			.collect(Collectors.joining("\n"));
	}

	private static Stream<Map<String, Object>> items(Map<String, Object> collection) {
		return Nodes.objects(collection, "item").stream().flatMap((folder) -> Nodes.objects(folder, "item").stream());
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> flows() throws IOException {
		return this.json.readValue(Files.readString(FLOWS), Map.class);
	}

}
