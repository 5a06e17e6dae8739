package dev.latchkey.web;

import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.TokenChange;
import dev.latchkey.token.TokenEditor;
import dev.latchkey.value.Clearable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 1, {@code PATCH}: left out is unchanged, null is refused or removes what may
 * be empty, and what changes nothing is no event.
 */
@LatchkeyTest
class PatchTests {

	private static final String JSON = "application/json";

	private static final String MERGE = "application/merge-patch+json";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TokenEditor editor;

	@Autowired
	private Clock clock;

	@Autowired
	private RequestMappingHandlerMapping requestMappingHandlerMapping;

	private String admin;

	@BeforeEach
	void makeToken() {
		this.admin = this.people.raw(this.people.superuser(), "*");
	}

	@Test
	void nullIsRefusedInEveryFieldOfEveryChange() {
		Map<String, Class<?>> changes = changes();
		assertThat(changes).containsKeys("/api/tokens/{id}", "/api/users/{id}");
		changes.forEach((path, change) -> Arrays.stream(change.getRecordComponents()).forEach((field) -> {
			String name = field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
			Clearable clearable = field.getAnnotation(Clearable.class);
			String there = path.replaceAll("\\{[^}]+\\}", UUID.randomUUID().toString());
			Answer refused = patch(there, this.admin, JSON, "{\"%s\":null}".formatted(name));
			assertThat(refused.status()).as(path + name).isEqualTo(422);
			assertThat(refused.<List<String>>json("errors[*].field")).containsExactly(name);
			assertThat(refused.<List<String>>json("errors[*].message").get(0))
				.contains((clearable != null) ? "send " + clearable.by() : "leave it out");
			Answer merged = patch(there, this.admin, MERGE, "{\"%s\":null}".formatted(name));
			assertThat(merged.status()).as(path + name).isEqualTo((clearable != null) ? 404 : 422);
		}));
	}

	@Test
	void aTokenDoesNotWidenItsNetworksByNull() {
		User owner = this.people.user();
		String id = this.people.token(owner, "user:read").details().id().toString();
		String writer = this.people.raw(owner, "*");
		String path = "/api/tokens/" + id;
		assertThat(patch(path, writer, JSON, "{\"allowed_ips\":[\"192.0.2.0/24\"]}").status()).isEqualTo(200);
		for (String form : List.of(JSON, MERGE)) {
			Answer answer = patch(path, writer, form, "{\"allowed_ips\":null,\"name\":\"x\"}");
			assertThat(answer.status()).as(answer.body()).isEqualTo(422);
			assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("allowed_ips");
		}
		Answer now = this.http.get(path, writer);
		assertThat(now.<List<String>>json("allowed_ips")).containsExactly("192.0.2.0/24");
		assertThat(now.<String>json("name")).isEqualTo("test");
	}

	@Test
	void aMergePatchRemovesWhatMayBeEmpty() {
		User owner = this.people.user();
		IssuedToken token = this.people.token(owner, "user:read");
		Answer answer = patch("/api/tokens/" + token.details().id(), this.people.raw(owner, "*"), MERGE,
				"{\"allowed_ips\":null,\"name\":\"Other\"}");
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.<List<String>>json("allowed_ips")).isEmpty();
		assertThat(answer.<String>json("name")).isEqualTo("Other");
	}

	@Test
	void whatChangesNothingIsNoEvent() {
		User owner = this.people.user();
		IssuedToken token = this.people.token(owner, "user:read", "tokens:read");
		String writer = this.people.raw(owner, "*");
		String path = "/api/tokens/" + token.details().id();
		for (String change : List.of("{}", "{\"name\":\" test \"}", "{\"scopes\":[\"tokens:read\",\"user:read\"]}",
				"{\"allowed_ips\":[]}", "{\"name\":\"test\",\"scopes\":[\"user:read\",\"tokens:read\"]}")) {
			assertThat(patch(path, writer, JSON, change).status()).as(change).isEqualTo(200);
		}
		assertThat(this.http.get(path + "/events", writer).<List<String>>json("items[*].action"))
			.containsExactly("token.created");
		this.editor.change(this.people.signedIn(owner).actor(), token.details().id(), TokenChange.rename("Other"));
		assertThat(this.http.get(path + "/events", writer).<List<String>>json("items[*].action"))
			.containsExactly("token.changed", "token.created");
	}

	@Test
	void norIsAnAccountThatStaysAsItIs() {
		User user = this.people.user();
		String path = "/api/users/" + user.id();
		for (String change : List.of("{}", "{\"name\":\"%s \"}".formatted(user.name()), "{\"roles\":[\"USER\"]}",
				"{\"enabled\":true}")) {
			assertThat(patch(path, this.admin, JSON, change).status()).as(change).isEqualTo(200);
		}
		// Tests that set the clock forward leave events of the future in the shared
		// database.
		Answer events = this.http.get("/api/audit-events?size=100&to=" + this.clock.instant().plusSeconds(60),
				this.admin);
		assertThat(events.<List<String>>json("items[?(@.owner_id == '%s')].action".formatted(user.id())))
			.containsExactly("user.created");
	}

	private Map<String, Class<?>> changes() {
		Map<String, Class<?>> changes = new HashMap<>();
		this.requestMappingHandlerMapping.getHandlerMethods().forEach((route, handler) -> {
			if (handler.hasMethodAnnotation(PatchMapping.class)) {
				Class<?> body = Arrays.stream(handler.getMethodParameters())
					.filter((parameter) -> parameter.hasParameterAnnotation(RequestBody.class))
					.findFirst()
					.orElseThrow()
					.getParameterType();
				changes.put(route.getPatternValues().iterator().next(), body);
			}
		});
		return changes;
	}

	private Answer patch(String path, String token, String form, String body) {
		return this.http.send("PATCH", path, body,
				Map.of("Authorization", List.of("Bearer " + token), "Content-Type", List.of(form)));
	}

}
