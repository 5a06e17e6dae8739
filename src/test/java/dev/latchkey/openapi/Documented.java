package dev.latchkey.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.latchkey.testing.Http;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/**
 * The document as a client gets it, without what the tests bring along.
 *
 * @param root the whole of it
 */
record Documented(Map<String, Object> root) {

	/** The resource of the tests. */
	private static final String NOTES = "/api/notes";

	private static final int WIDTH = 140;

	static Documented by(Http http) {
		return of(http.get("/v3/api-docs").body());
	}

	static Documented of(String text) {
		Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
		Nodes.object(root, "paths").keySet().removeIf((path) -> path.startsWith(NOTES));
		Nodes.walk(Nodes.object(root, "components"),
				(node) -> node.keySet().removeIf((name) -> name.startsWith("notes:")));
		Documented document = new Documented(root);
		document.dropUnused();
		return document;
	}

	/** Drops the routes of features that are not there. */
	void keepTags(Set<String> tags) {
		Map<String, Object> paths = Nodes.object(this.root, "paths");
		Set<String> gone = new LinkedHashSet<>();
		List<Operation> all = operations();
		all.stream().filter((one) -> !tags.contains(one.tag())).forEach((one) -> {
			gone.addAll(one.scopes());
			Nodes.object(paths, one.path()).remove(one.method().toLowerCase(Locale.ROOT));
		});
		paths.values().removeIf((path) -> ((Map<?, ?>) path).isEmpty());
		operations().forEach((one) -> gone.removeAll(one.scopes()));
		Nodes.walk(Nodes.object(this.root, "components"), (node) -> node.keySet().removeAll(gone));
		Nodes.objects(this.root, "tags").removeIf((tag) -> !tags.contains(tag.get("name")));
		dropUnused();
	}

	private void dropUnused() {
		Map<String, Object> schemas = Nodes.object(Nodes.object(this.root, "components"), "schemas");
		Set<String> used = new LinkedHashSet<>();
		collect(Nodes.object(this.root, "paths"), schemas, used);
		collect(Nodes.object(Nodes.object(this.root, "components"), "responses"), schemas, used);
		schemas.keySet().retainAll(used);
	}

	private static void collect(Object part, Map<String, Object> schemas, Set<String> used) {
		Nodes.walk(part, (node) -> {
			if (node.get("$ref") instanceof String ref && ref.startsWith("#/components/schemas/")
					&& used.add(ref.substring(ref.lastIndexOf('/') + 1))) {
				collect(schemas.get(ref.substring(ref.lastIndexOf('/') + 1)), schemas, used);
			}
		});
	}

	String yaml() {
		DumperOptions options = new DumperOptions();
		options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
		options.setWidth(WIDTH);
		options.setSplitLines(false);
		options.setAllowUnicode(true);
		Representer representer = new Representer(options);
		return new Yaml(representer, options).dump(this.root);
	}

	Set<String> tags() {
		return Nodes.objects(this.root, "tags")
			.stream()
			.map((tag) -> String.valueOf(tag.get("name")))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	List<Operation> operations() {
		List<Operation> operations = new ArrayList<>();
		Map<String, Object> paths = Nodes.object(this.root, "paths");
		paths.keySet().forEach((path) -> {
			Map<String, Object> methods = Nodes.object(paths, path);
			methods.keySet()
				.forEach((method) -> operations
					.add(new Operation(this, method.toUpperCase(Locale.ROOT), path, Nodes.object(methods, method))));
		});
		return operations;
	}

	Map<String, Object> schemas() {
		return Nodes.object(Nodes.object(this.root, "components"), "schemas");
	}

	/** What stands where a reference leads, or the very object where it is none. */
	Map<String, Object> resolved(Map<String, Object> node) {
		Map<String, Object> found = node;
		while (found.get("$ref") instanceof String ref) {
			Map<String, Object> place = this.root;
			for (String part : ref.substring(2).split("/")) {
				place = Nodes.object(place, part);
			}
			found = place;
		}
		return found;
	}

	/**
	 * One route.
	 *
	 * @param document the whole
	 * @param method its method
	 * @param path its path, with names in braces
	 * @param node what is said about it
	 */
	record Operation(Documented document, String method, String path, Map<String, Object> node) {

		String id() {
			return String.valueOf(this.node.get("operationId"));
		}

		String tag() {
			return Nodes.texts(this.node, "tags").get(0);
		}

		Set<String> scopes() {
			return Nodes.objects(this.node, "security")
				.stream()
				.flatMap((way) -> Nodes.texts(way, "oauth2").stream())
				.collect(Collectors.toCollection(LinkedHashSet::new));
		}

		boolean asksForAToken() {
			List<Map<String, Object>> ways = Nodes.objects(this.node, "security");
			return !ways.isEmpty() && ways.stream().noneMatch(Map::isEmpty);
		}

		/** Whether a request of this method and path, without a query, is for it. */
		boolean takes(String otherMethod, String otherPath) {
			return this.method.equals(otherMethod) && otherPath.matches(this.path.replaceAll("\\{[^}]*}", "[^/]+"));
		}

		boolean hasBody() {
			return this.node.containsKey("requestBody");
		}

		/** What the body is: JSON, where that is one of several. */
		String bodyType() {
			Set<String> types = Nodes.object(Nodes.object(this.node, "requestBody"), "content").keySet();
			return (types.contains("application/json") || types.isEmpty()) ? "application/json"
					: types.iterator().next();
		}

		/** The schema of the body by its media type. */
		Map<String, Object> body(String type) {
			return this.document.resolved(Nodes.object(content(type), "schema"));
		}

		Map<String, Object> content(String type) {
			return Nodes.object(Nodes.object(Nodes.object(this.node, "requestBody"), "content"), type);
		}

		Set<String> statuses() {
			return Nodes.object(this.node, "responses").keySet();
		}

		Map<String, Object> response(String status) {
			return this.document.resolved(Nodes.object(Nodes.object(this.node, "responses"), status));
		}

		/** Every code of a problem that may stand in an answer, with its status. */
		Map<String, Integer> codes() {
			Map<String, Integer> codes = new LinkedHashMap<>();
			statuses().forEach((status) -> Nodes
				.object(Nodes.object(Nodes.object(response(status), "content"), "application/problem+json"), "examples")
				.keySet()
				.forEach((code) -> codes.put(code, Integer.valueOf(status))));
			return codes;
		}

		@Override
		public String toString() {
			return this.method + " " + this.path;
		}

	}

}
