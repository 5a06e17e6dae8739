package dev.latchkey.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.latchkey.openapi.DocumentProblems.Asked;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.scope.AccessRule;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Lazy;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Puts the document together: what springdoc reads of the controllers, what a route's
 * kind says about its refusals, and the texts. A text changes nothing that the code says,
 * except under {@code answer} and {@code by_hand}, for routes that take or give a body by
 * hand.
 */
@Lazy
@Component
class DocumentComposer {

	private static final List<String> METHODS = List.of("get", "head", "put", "post", "patch", "delete");

	private static final List<String> RATE_HEADERS = List.of("RateLimit-Policy", "RateLimit", "Latchkey-Token-Expires");

	private static final String DESCRIPTION = "description";

	private static final String PARAMETERS = "parameters";

	private static final String REQUEST = "requestBody";

	private static final String RESPONSES = "responses";

	private static final String SCHEMA = "schema";

	private static final String CONTENT = "content";

	private final ReadRoutes routes;

	private final RecordSchemas records;

	private final DocumentTexts texts;

	private final ScopeCatalogue catalogue;

	DocumentComposer(ReadRoutes routes, RecordSchemas records, DocumentTexts texts, ScopeCatalogue catalogue) {
		this.routes = routes;
		this.records = records;
		this.texts = texts;
		this.catalogue = catalogue;
	}

	/**
	 * Returns the whole document.
	 * @param server the address under which the routes are
	 */
	synchronized Map<String, Object> compose(String server) {
		Map<String, Object> read = this.routes.read();
		DocumentProblems problems = new DocumentProblems(this.texts);
		Map<String, Object> paths = new TreeMap<>();
		Map<String, Object> found = Nodes.object(read, "paths");
		found.keySet().forEach((path) -> paths.put(path, path(path, Nodes.object(found, path), problems)));
		Map<String, Object> endpoints = this.texts.endpoints();
		endpoints.keySet().forEach((path) -> paths.put(path, endpoint(path, Nodes.object(endpoints, path), problems)));
		DocumentSchemas schemas = new DocumentSchemas(Nodes.object(Nodes.object(read, "components"), "schemas"),
				this.records, this.texts);
		List<@Nullable Object> requests = new ArrayList<>();
		Nodes.walk(paths, (node) -> requests.add(node.get(REQUEST)));
		schemas.complete(requests);
		Nodes.walk(paths, (node) -> complete(node, schemas));
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("openapi", "3.1.0");
		document.put("info", this.texts.info());
		document.put("servers", List.of(Map.of("url", server)));
		document.put("tags", this.texts.tags());
		document.put("paths", paths);
		Map<String, Object> components = new LinkedHashMap<>();
		components.put("schemas", schemas.usedBy(paths, problems.responses()));
		components.put(RESPONSES, problems.responses());
		components.put("headers", this.texts.headers());
		components.put("securitySchemes", securitySchemes());
		document.put("components", components);
		return document;
	}

	private Map<String, Object> path(String path, Map<String, Object> read, DocumentProblems problems) {
		Map<String, Object> operations = new LinkedHashMap<>();
		for (String method : METHODS) {
			if (read.containsKey(method)) {
				operations.put(method, operation(method, path, Nodes.object(read, method), problems));
			}
		}
		return operations;
	}

	private Map<String, Object> operation(String method, String path, Map<String, Object> read,
			DocumentProblems problems) {
		Map<String, Object> text = this.texts.operation(method.toUpperCase(Locale.ROOT), path);
		AccessRule.Kind kind = AccessRule.Kind.valueOf(String.valueOf(read.get(RouteRule.KIND)));
		List<Map<String, Object>> security = Nodes.objects(read, "security");
		Map<String, Object> operation = new LinkedHashMap<>();
		operation.put("tags", List.of(text.getOrDefault("tag", "Other")));
		operation.put("operationId", text.getOrDefault("operationId", madeUpId(method, path)));
		if (text.containsKey("summary")) {
			operation.put("summary", text.get("summary"));
			operation.put(DESCRIPTION, "%s\n\n%s".formatted(text.getOrDefault(DESCRIPTION, text.get("summary")),
					text.getOrDefault("needs", needs(kind, scopes(security)))));
		}
		List<Object> parameters = new ArrayList<>();
		Nodes.objects(read, PARAMETERS).forEach((parameter) -> parameters.add(parameter(parameter, text)));
		if (!parameters.isEmpty()) {
			operation.put(PARAMETERS, parameters);
		}
		if (read.containsKey(REQUEST)) {
			operation.put(REQUEST, request(method, Nodes.object(read, REQUEST)));
		}
		Map<String, Object> success = success(read, text, kind);
		// Only who reads the header says so of a route that is open to everybody.
		boolean headerIsRead = kind != AccessRule.Kind.EVERYBODY || !"body".equals(text.get("credentials"));
		Asked asked = new Asked(kind != AccessRule.Kind.EVERYBODY, !scopes(security).isEmpty(), headerIsRead,
				!method.equals("get"), path.contains("{"), read.containsKey(REQUEST), hasBody(success));
		Map<String, Object> responses = new TreeMap<>(success);
		Set<ProblemCode> codes = new LinkedHashSet<>(DocumentProblems.of(asked));
		Nodes.texts(text, "errors").forEach((code) -> codes.add(DocumentProblems.code(code)));
		Nodes.texts(text, "never").forEach((code) -> codes.remove(DocumentProblems.code(code)));
		responses.putAll(problems.answers(codes));
		operation.put(RESPONSES, responses);
		operation.put("security", security.isEmpty() ? text.getOrDefault("security", List.of()) : security);
		Nodes.merge(operation, Nodes.object(text, "by_hand"));
		return operation;
	}

	/** Of an endpoint everything is written down but the bodies of its refusals. */
	private Map<String, Object> endpoint(String path, Map<String, Object> written, DocumentProblems problems) {
		Map<String, Object> operations = new LinkedHashMap<>();
		for (String method : METHODS) {
			if (written.containsKey(method)) {
				Map<String, Object> operation = new LinkedHashMap<>();
				Nodes.merge(operation, Nodes.object(written, method));
				operation.putIfAbsent("operationId", madeUpId(method, path));
				Map<String, Object> responses = new TreeMap<>(problems
					.answers(Nodes.texts(operation, "errors").stream().map(DocumentProblems::code).toList()));
				responses.putAll(Nodes.object(operation, RESPONSES));
				operation.put(RESPONSES, responses);
				operation.remove("errors");
				operations.put(method, operation);
			}
		}
		return operations;
	}

	private Map<String, Object> parameter(Map<String, Object> read, Map<String, Object> text) {
		String name = String.valueOf(read.get("name"));
		Map<String, Object> parameter = new LinkedHashMap<>(read);
		Nodes.merge(parameter, this.texts.parameter(name));
		Nodes.merge(parameter, Nodes.object(Nodes.object(text, PARAMETERS), name));
		return parameter;
	}

	private static Map<String, Object> request(String method, Map<String, Object> read) {
		Map<String, Object> schema = firstSchema(Nodes.object(read, CONTENT));
		Map<String, Object> content = new LinkedHashMap<>();
		String other = Nodes.object(read, CONTENT)
			.keySet()
			.stream()
			.filter((type) -> type.startsWith("text/"))
			.findFirst()
			.orElse(null);
		content.put((other != null) ? other : MediaType.APPLICATION_JSON_VALUE, schemaOf(schema));
		if (method.equals("patch")) {
			content.put("application/merge-patch+json", schemaOf(schema));
		}
		Map<String, Object> request = new LinkedHashMap<>();
		request.put("required", read.getOrDefault("required", false));
		request.put(CONTENT, content);
		return request;
	}

	private static Map<String, Object> schemaOf(Map<String, Object> schema) {
		return new LinkedHashMap<>(Map.of(SCHEMA, schema));
	}

	private static Map<String, Object> firstSchema(Map<String, Object> content) {
		return content.keySet()
			.stream()
			.findFirst()
			.map((type) -> Nodes.object(Nodes.object(content, type), SCHEMA))
			.orElseGet(Map::of);
	}

	private Map<String, Object> success(Map<String, Object> read, Map<String, Object> text, AccessRule.Kind kind) {
		Map<String, Object> schema = Nodes.object(read, RESPONSES)
			.values()
			.stream()
			.findFirst()
			.map((response) -> firstSchema(Nodes.object(Nodes.object(Map.of("r", response), "r"), CONTENT)))
			.orElseGet(Map::of);
		if (text.containsKey("answer")) {
			schema = Nodes.object(text, "answer");
		}
		String status = String.valueOf(text.getOrDefault("status", schema.isEmpty() ? 204 : 200));
		Map<String, Object> response = new LinkedHashMap<>();
		response.put(DESCRIPTION, text.getOrDefault("returns", schema.isEmpty() ? "Done." : "What was asked for."));
		Map<String, Object> headers = new LinkedHashMap<>();
		if (status.equals("201")) {
			headers.put("Location", DocumentProblems.header("Location"));
		}
		if (kind != AccessRule.Kind.EVERYBODY) {
			RATE_HEADERS.forEach((name) -> headers.put(name, DocumentProblems.header(name)));
		}
		if (!headers.isEmpty()) {
			response.put("headers", headers);
		}
		if (!schema.isEmpty()) {
			response.put(CONTENT, new LinkedHashMap<>(Map.of(MediaType.APPLICATION_JSON_VALUE, schemaOf(schema))));
		}
		return Map.of(status, response);
	}

	private static boolean hasBody(Map<String, Object> success) {
		return success.keySet().stream().anyMatch((status) -> Nodes.object(success, status).containsKey(CONTENT));
	}

	/** Gives each body an example that has none. */
	private static void complete(Map<String, Object> node, DocumentSchemas schemas) {
		Map<String, Object> content = Nodes.object(node, CONTENT);
		content.keySet().forEach((type) -> {
			Map<String, Object> body = Nodes.object(content, type);
			if (!body.containsKey("example") && !body.containsKey("examples")) {
				body.put("example", schemas.example(Nodes.object(body, SCHEMA)));
			}
		});
	}

	private static Set<String> scopes(List<Map<String, Object>> security) {
		return security.stream()
			.flatMap((way) -> Nodes.texts(way, RouteRule.OAUTH).stream())
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private String needs(AccessRule.Kind kind, Set<String> scopes) {
		String named = scopes.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
		Role role = this.catalogue.own()
			.stream()
			.filter((scope) -> scopes.contains(scope.name()))
			.map(Scope::role)
			.max(Role::compareTo)
			.orElse(Role.GUEST);
		return switch (kind) {
			case EVERYBODY -> "Open to everybody.";
			case SIGNED_IN -> "Any good token will do, whatever its scopes.";
			case ALL_OF -> "Needs %s; the owner needs the role %s.".formatted(named, role);
			case ANY_OF -> "Needs one of %s; the owner needs the role %s.".formatted(named, role);
		};
	}

	private Map<String, Object> securitySchemes() {
		Map<String, Object> scopes = new LinkedHashMap<>();
		this.catalogue.own().forEach((scope) -> scopes.put(scope.name(), scope.description()));
		Map<String, Object> code = new LinkedHashMap<>();
		code.put("authorizationUrl", "/oauth2/authorize");
		code.put("tokenUrl", "/oauth2/token");
		code.put("refreshUrl", "/oauth2/token");
		code.put("scopes", scopes);
		Map<String, Object> client = new LinkedHashMap<>();
		client.put("tokenUrl", "/oauth2/token");
		client.put("scopes", scopes);
		Map<String, Object> flows = new LinkedHashMap<>();
		flows.put("authorizationCode", code);
		flows.put("clientCredentials", client);
		Map<String, Object> schemes = new LinkedHashMap<>();
		schemes.put(RouteRule.BEARER, Nodes.of("type", "http", "scheme", "bearer", DESCRIPTION,
				"A personal access token, or an access token of a client: `Authorization: Bearer <token>`."));
		schemes.put("client", Nodes.of("type", "http", "scheme", "basic", DESCRIPTION,
				"The id and the secret of a client, each form-encoded (RFC 6749 section 2.3.1)."));
		schemes.put(RouteRule.OAUTH, Nodes.of("type", RouteRule.OAUTH, DESCRIPTION,
				"An access token by OAuth 2.1. The scopes are those of `GET /api/scopes`.", "flows", flows));
		return schemes;
	}

	/** Of a route that nobody has named: its method and what stands in its path. */
	private static String madeUpId(String method, String path) {
		StringBuilder id = new StringBuilder(method);
		for (String part : path.split("\\W+", -1)) {
			if (!part.isEmpty() && !part.equals("api")) {
				id.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
			}
		}
		return id.toString();
	}

}
