package dev.latchkey.openapi;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.problem.ProblemCode;

import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/**
 * The refusals of a document: for each status of a route an answer that names the codes
 * which may stand in it.
 */
class DocumentProblems {

	private final Map<String, Object> responses = new TreeMap<>();

	private final DocumentTexts texts;

	DocumentProblems(DocumentTexts texts) {
		this.texts = texts;
	}

	/** Which codes a route of a controller has, by what is asked of it. */
	static Set<ProblemCode> of(Asked asked) {
		Set<ProblemCode> codes = new LinkedHashSet<>();
		codes.add(ProblemCode.MALFORMED_REQUEST);
		if (asked.headerIsRead()) {
			codes.addAll(List.of(ProblemCode.INVALID_REQUEST, ProblemCode.INVALID_TOKEN, ProblemCode.RATE_LIMITED));
		}
		if (asked.caller()) {
			codes.add(ProblemCode.AUTHENTICATION_REQUIRED);
			if (asked.scopes() || asked.changes()) {
				codes.add(ProblemCode.FORBIDDEN);
			}
		}
		if (asked.scopes()) {
			codes.add(ProblemCode.INSUFFICIENT_SCOPE);
		}
		if (asked.id()) {
			codes.add(ProblemCode.NOT_FOUND);
		}
		if (asked.answered()) {
			codes.add(ProblemCode.NOT_ACCEPTABLE);
		}
		if (asked.body()) {
			codes.addAll(List.of(ProblemCode.PAYLOAD_TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE));
		}
		codes.addAll(List.of(ProblemCode.MISDIRECTED_REQUEST, ProblemCode.VALIDATION_FAILED, ProblemCode.INTERNAL_ERROR,
				ProblemCode.UNAVAILABLE));
		return codes;
	}

	/** Returns references to the answers with these codes, by their status. */
	Map<String, Object> answers(Collection<ProblemCode> codes) {
		Map<Integer, List<ProblemCode>> byStatus = codes.stream()
			.distinct()
			.sorted()
			.collect(Collectors.groupingBy((code) -> code.status().value(), TreeMap::new, Collectors.toList()));
		Map<String, Object> answers = new LinkedHashMap<>();
		byStatus.forEach((status, all) -> answers.put(status.toString(), reference(all)));
		return answers;
	}

	/** All answers to which somebody was referred. */
	Map<String, Object> responses() {
		return this.responses;
	}

	static ProblemCode code(String value) {
		return ProblemCode.valueOf(value.toUpperCase(Locale.ROOT));
	}

	private Map<String, Object> reference(List<ProblemCode> codes) {
		String name = codes.stream().map(DocumentProblems::name).collect(Collectors.joining("Or"));
		this.responses.computeIfAbsent(name, (unused) -> response(codes));
		return Map.of("$ref", "#/components/responses/" + name);
	}

	private static String name(ProblemCode code) {
		return Stream.of(code.value().split("_")).map(StringUtils::capitalize).collect(Collectors.joining());
	}

	private Map<String, Object> response(List<ProblemCode> codes) {
		Map<String, Object> response = new LinkedHashMap<>();
		response.put("description",
				codes.stream()
					.map((code) -> "`%s`: %s".formatted(code.value(), this.texts.problem(code.value())))
					.collect(Collectors.joining(" ")));
		Map<String, Object> headers = new LinkedHashMap<>();
		switch (codes.get(0).status()) {
			case UNAUTHORIZED -> headers.put("WWW-Authenticate", header("WWW-Authenticate"));
			case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> headers.put("Retry-After", header("Retry-After"));
			default -> {
			}
		}
		if (codes.contains(ProblemCode.INSUFFICIENT_SCOPE)) {
			headers.put("WWW-Authenticate", header("WWW-Authenticate"));
		}
		if (!headers.isEmpty()) {
			response.put("headers", headers);
		}
		Map<String, Object> examples = new LinkedHashMap<>();
		codes.forEach((code) -> examples.put(code.value(), Map.of("value", example(code))));
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("schema", Map.of("$ref", "#/components/schemas/Problem"));
		content.put("examples", examples);
		response.put("content", Map.of(MediaType.APPLICATION_PROBLEM_JSON_VALUE, content));
		return response;
	}

	private Map<String, Object> example(ProblemCode code) {
		Map<String, Object> example = new LinkedHashMap<>();
		example.put("type", code.type().toString());
		example.put("title", code.title());
		example.put("status", code.status().value());
		example.put("detail", this.texts.problem(code.value()));
		example.put("instance", "/api/tokens");
		example.put("code", code.value());
		if (code == ProblemCode.VALIDATION_FAILED) {
			example.put("errors", List.of(Nodes.of("field", "name", "message", "must have 1 to 100 characters")));
		}
		if (code == ProblemCode.INSUFFICIENT_SCOPE) {
			example.put("request_token_url", "https://tokens.example.com/tokens/new?name=For%20tokens:read"
					+ "&scopes=tokens:read&expires_in_days=90");
		}
		return example;
	}

	static Map<String, Object> header(String name) {
		return Map.of("$ref", "#/components/headers/" + name);
	}

	/** The codes as they stand in bodies. */
	static List<String> values() {
		return Stream.of(ProblemCode.values()).map(ProblemCode::value).toList();
	}

	/**
	 * What a route asks for.
	 *
	 * @param caller whether somebody has to have signed in
	 * @param scopes whether it asks for scopes
	 * @param headerIsRead whether a token in the header is looked at
	 * @param changes whether it may change something
	 * @param id whether something is named in its path
	 * @param body whether it reads a body
	 * @param answered whether its answer has a body
	 */
	record Asked(boolean caller, boolean scopes, boolean headerIsRead, boolean changes, boolean id, boolean body,
			boolean answered) {

	}

}
