package dev.latchkey.openapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.latchkey.caller.User;
import dev.latchkey.openapi.Documented.Operation;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.web.BodyLimit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks of every operation what its document says: each way of being wrong has the status
 * and the code that stand there.
 */
@LatchkeyTest
class ContractTests {

	private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

	private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

	private static final int TOO_LARGE = 70 * 1024;

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JsonMapper json;

	@Autowired
	private Routes routes;

	@Autowired
	private ScopeCatalogue catalogue;

	@Autowired
	private List<BodyLimit> limits;

	private List<Operation> operations;

	private String all;

	private String own;

	private String others;

	@BeforeEach
	void readTheDocument() {
		this.operations = Documented.by(this.http).operations();
		this.all = this.people.raw(this.people.superuser(), "*");
		this.own = this.people.raw(this.people.user(), "*");
		this.others = this.people.token(this.people.user(), "user:read").details().id().toString();
	}

	@Test
	void aMethodThatIsNotDocumentedIsNotAllowed() {
		Set<String> paths = new LinkedHashSet<>(this.operations.stream().map(Operation::path).toList());
		for (String path : paths) {
			List<String> methods = this.operations.stream()
				.filter((one) -> one.path().equals(path))
				.map(Operation::method)
				.toList();
			for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
				if (!methods.contains(method) && !isAForms(method, path) && !takesAnyMethod(path)) {
					Answer answer = this.http.send(method, filled(path), null, Http.bearer(this.all));
					assertThat(answer.status()).as("%s %s %s", method, path, answer.body()).isEqualTo(405);
					assertThat(answer.header("Allow").split(", ")).as("%s %s", method, path).containsAll(methods);
				}
			}
		}
	}

	@Test
	void withoutCredentialsItIsThe401OfTheDocument() {
		List<String> seen = new ArrayList<>();
		for (Operation one : this.operations) {
			if (one.asksForAToken()) {
				Answer answer = one.content(FORM).isEmpty() ? send(one, null, example(one), Map.of())
						: send(one, null, "token=x", Map.of("Content-Type", List.of(FORM)));
				assertThat(answer.status()).as("%s %s", one, answer.body()).isEqualTo(401);
				assertThat(answer.header("WWW-Authenticate")).as(one.toString()).isNotBlank();
				assertDocumented(one, answer);
				seen.add(one.id());
			}
		}
		assertThat(seen).contains("getUser", "listUsers");
	}

	@Test
	void aBadTokenIsTheDocuments401OrIsNotLookedAt() {
		List<String> seen = new ArrayList<>();
		for (Operation one : this.operations) {
			Answer answer = send(one, "lkp_nonsense", example(one), Map.of());
			if (one.codes().containsKey("invalid_token")) {
				assertProblem(one, answer, 401, "invalid_token");
				seen.add(one.id());
			}
			else {
				assertDocumented(one, answer);
			}
		}
		assertThat(seen).contains("getUser", "listUsers");
	}

	@Test
	void aLackingScopeIsNamed() {
		User admin = this.people.superuser();
		List<String> seen = new ArrayList<>();
		for (Operation one : this.operations) {
			if (one.codes().containsKey("insufficient_scope") && !one.scopes().isEmpty()) {
				String weak = this.people.raw(admin, one.scopes().contains("user:read") ? "audit:read" : "user:read");
				assertProblem(one, send(one, weak, example(one), Map.of()), 403, "insufficient_scope");
				seen.add(one.id());
			}
		}
		assertThat(seen).contains("getUser", "listUsers", "listAuditEvents");
	}

	@Test
	void aLackingRoleIsForbidden() {
		String user = this.people.raw(this.people.user(), "*");
		List<String> seen = new ArrayList<>();
		for (Operation one : this.operations) {
			// Of suspending and resuming, whose token it is decides, too.
			if (!one.scopes().contains("tokens:write")
					&& !one.scopes().stream().allMatch((scope) -> this.catalogue.allows(List.of(Role.USER), scope))) {
				assertProblem(one, send(one, user, example(one), Map.of()), 403, "forbidden");
				seen.add(one.id());
			}
		}
		assertThat(seen).contains("listUsers", "registerClient", "listAuditEvents");
	}

	@Test
	void whatIsSomebodyElsesIsNotThere() {
		List<String> seen = new ArrayList<>();
		for (Operation one : this.operations) {
			// A PUT makes what is not there.
			if (one.path().contains("{") && one.asksForAToken() && !one.method().equals("PUT")
					&& !takesAnyMethod(one.path())) {
				Answer answer = send(one, this.own, example(one), Map.of());
				assertProblem(one, (answer.status() != 403) ? answer : send(one, this.all, example(one), Map.of()), 404,
						"not_found");
				seen.add(one.id());
			}
		}
		assertThat(seen).contains("getToken", "suspendToken", "resumeToken", "changeUser", "getClient");
	}

	@Test
	void anotherMediaTypeIsNotRead() {
		List<String> seen = new ArrayList<>();
		for (Operation one : this.operations) {
			if (one.hasBody()) {
				Answer answer = send(one, this.all, "x", Map.of("Content-Type", List.of("text/plain")));
				assertThat(answer.status()).as("%s %s", one, answer.body()).isBetween(400, 415);
				assertDocumented(one, answer);
				if (!one.body(JSON).isEmpty()) {
					assertProblem(one, answer, 415, "unsupported_media_type");
					seen.add(one.id());
				}
			}
		}
		assertThat(seen).contains("createUser");
	}

	/** What comes in is looked at before what is to go out. */
	@Test
	void aBodyThatIsNotReadIsSaidBeforeAnAnswerThatIsNotGiven() {
		List<String> seen = new ArrayList<>();
		for (Operation one : this.operations) {
			if (!one.body(JSON).isEmpty() && one.codes().containsKey("not_acceptable")) {
				assertProblem(one,
						send(one, this.all, "x",
								Map.of("Content-Type", List.of("text/plain"), "Accept", List.of("image/png"))),
						415, "unsupported_media_type");
				seen.add(one.id());
			}
		}
		assertThat(seen).contains("createUser", "createToken");
	}

	@Test
	void anAnswerInAnotherFormIsNotGiven() {
		List<String> seen = new ArrayList<>();
		for (Operation one : this.operations) {
			// What a public path names is looked for first.
			if (one.codes().containsKey("not_acceptable") && !(one.path().contains("{") && !one.asksForAToken())) {
				assertProblem(one, send(one, this.all, example(one), Map.of("Accept", List.of("image/png"))), 406,
						"not_acceptable");
				seen.add(one.id());
			}
		}
		assertThat(seen).contains("getUser", "listUsers").doesNotContain("revokeToken");
	}

	@Test
	void anAnswerWithoutABodyHasNoForm() {
		List<String> seen = new ArrayList<>();
		for (Operation one : this.operations) {
			if (one.path().startsWith("/api/") && !one.codes().containsKey("not_acceptable")) {
				for (String accepted : List.of("image/png", "text/html", "no type")) {
					Answer answer = send(one, this.people.raw(this.people.superuser(), "*"), example(one),
							Map.of("Accept", List.of(accepted)));
					assertThat(answer.status()).as("%s %s %s", one, accepted, answer.body()).isNotEqualTo(406);
					assertDocumented(one, answer);
				}
				seen.add(one.id());
			}
		}
		assertThat(seen).contains("revokeToken", "suspendToken", "deleteUser");
	}

	@Test
	void aBodyThatIsTooLargeIsNotRead() {
		String large = "{\"x\":\"%s\"}".formatted("a".repeat(TOO_LARGE));
		List<String> seen = new ArrayList<>();
		for (Operation one : this.operations) {
			if (one.hasBody() && one.codes().containsKey("payload_too_large") && !hasALimitOfItsOwn(one)) {
				Answer answer = send(one, this.all, large, Map.of());
				assertThat(answer.status()).as("%s %s", one, answer.body()).isBetween(400, 413);
				assertDocumented(one, answer);
				if (!one.body(JSON).isEmpty()) {
					assertProblem(one, answer, 413, "payload_too_large");
					seen.add(one.id());
				}
			}
		}
		assertThat(seen).contains("createUser");
	}

	@Test
	void aWrongTypeIsNamedOfEveryField() {
		List<String> seen = new ArrayList<>();
		for (Operation one : this.operations) {
			for (String field : Nodes.object(one.body(JSON), "properties").keySet()) {
				Answer answer = send(one, this.all, "{\"%s\":{\"x\":1}}".formatted(field), Map.of());
				assertDocumented(one, answer);
				// The credential flow takes what is no text for a wrong password or
				// token.
				if (!one.path().startsWith("/security/")) {
					assertProblem(one, answer, 400, "malformed_request");
					assertThat(answer.<List<String>>json("errors[*].field")).as("%s %s", one, answer.body())
						.containsExactly(field);
				}
				else {
					assertThat(answer.status()).as("%s %s", one, field).isGreaterThanOrEqualTo(400);
				}
				seen.add(field);
			}
			if (Boolean.FALSE.equals(one.body(JSON).get("additionalProperties"))) {
				assertProblem(one, send(one, this.all, "{\"nonsense\":1}", Map.of()), 400, "malformed_request");
			}
		}
		assertThat(seen).contains("name", "scopes", "rate_limit", "keep_tokens", "refresh_token");
	}

	@Test
	void aQueryParameterThatIsNotDocumentedIsRefused() {
		for (Operation one : this.operations) {
			// Elsewhere what is not known is not read (RFC 6749 section 3.1).
			if (one.path().startsWith("/api/")) {
				Answer answer = this.http.send(one.method(), filled(one.path()) + "?nonsense=1", example(one),
						headers(one, this.all, Map.of()));
				assertProblem(one, answer, 422, "validation_failed");
			}
		}
	}

	private static void assertProblem(Operation one, Answer answer, int status, String code) {
		assertThat(answer.status()).as("%s %s", one, answer.body()).isEqualTo(status);
		if (!"HEAD".equals(one.method())) {
			assertThat(answer.code()).as(one.toString()).isEqualTo(code);
		}
		assertDocumented(one, answer);
	}

	/** The status stands in the document, and of a problem the code with it. */
	private static void assertDocumented(Operation one, Answer answer) {
		assertThat(one.statuses()).as("%s %s", one, answer.body()).contains(Integer.toString(answer.status()));
		String type = answer.header("Content-Type");
		if (type != null && type.startsWith("application/problem+json") && !"HEAD".equals(one.method())) {
			assertThat(one.codes()).as(one.toString()).containsEntry(answer.code(), answer.status());
		}
	}

	private Answer send(Operation one, @Nullable String token, @Nullable String body,
			Map<String, List<String>> headers) {
		return this.http.send(one.method(), filled(one.path()), body, headers(one, token, headers));
	}

	private static Map<String, List<String>> headers(Operation one, @Nullable String token,
			Map<String, List<String>> headers) {
		Map<String, List<String>> all = headers(token, headers);
		if (one.path().startsWith("/forward-auth/")) {
			all.put("Latchkey-Scope", List.of("user:read"));
		}
		if (one.hasBody() && one.bodyType().equals("text/csv")) {
			all.putIfAbsent("Content-Type", List.of(one.bodyType()));
		}
		return all;
	}

	private static Map<String, List<String>> headers(@Nullable String token, Map<String, List<String>> headers) {
		Map<String, List<String>> all = new HashMap<>(headers);
		if (token != null) {
			all.putAll(Http.bearer(token));
		}
		return all;
	}

	private @Nullable String example(Operation one) {
		Object example = one.hasBody() ? one.content(one.bodyType()).get("example") : null;
		if (example instanceof String text && one.bodyType().startsWith("text/")) {
			return text;
		}
		return (example != null) ? this.json.writeValueAsString(example) : null;
	}

	/** The form of a page is posted there, which is nothing for programs. */
	private boolean isAForms(String method, String path) {
		return List.of("/oauth2/authorize", "/oauth2/device").contains(path)
				&& this.routes.all().contains(new Route(method, path));
	}

	/** A servlet of its own answers it, and what is beneath. */
	private boolean takesAnyMethod(String path) {
		return this.routes.ofAnyMethod().contains(path.replaceAll("/\\{[^}]*}$", ""));
	}

	private boolean hasALimitOfItsOwn(Operation one) {
		return this.limits.stream().anyMatch((limit) -> limit.path().equals(one.path()));
	}

	private String filled(String path) {
		return path.replaceAll("\\{[^}]*}", this.others);
	}

}
