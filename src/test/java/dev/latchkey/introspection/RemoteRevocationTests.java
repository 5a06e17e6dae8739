package dev.latchkey.introspection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import dev.latchkey.caller.User;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service that verifies from memory, by stream and question over HTTP: whichever way a
 * right ends, it has ended there within two seconds.
 */
@LatchkeyTest
class RemoteRevocationTests {

	private static final String RIGHT = "users:read";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private ClientRegistrations registrations;

	@Test
	void whicheverWayARightEndsItHasEndedThere() throws Exception {
		this.people.superuser();
		String client = "rs-" + UUID.randomUUID();
		this.registrations.registerOwn(client, new ClientSecret("secret"), Role.USER, this.people.user().id());
		String basic = "Basic "
				+ Base64.getEncoder().encodeToString((client + ":secret").getBytes(StandardCharsets.UTF_8));
		Map<String, Consumer<IssuedToken>> ends = new LinkedHashMap<>();
		ends.put("by possession", (token) -> this.http.post("/api/tokens/revoke",
				"{\"tokens\":[\"%s\"]}".formatted(token.raw().reveal())));
		ends.put("by itself", (token) -> this.http.delete("/api/tokens/current", token.raw().reveal()));
		ends.put("narrowed", (token) -> this.jdbc.update("update api_token set scopes = 'user:read' where id = ?",
				token.details().id()));
		ends.put("row deleted",
				(token) -> this.jdbc.update("delete from api_token where id = ?", token.details().id()));
		ends.put("owner demoted", (token) -> this.jdbc.update("update app_user set roles = 'USER' where id = ?",
				token.details().ownerId()));
		ends.put("owner disabled", (token) -> this.jdbc.update("update app_user set enabled = false where id = ?",
				token.details().ownerId()));
		ends.put("owner deleted",
				(token) -> this.jdbc.update("delete from app_user where id = ?", token.details().ownerId()));
		try (RemoteService service = new RemoteService(this.http.base(), List.of(this.http.base()), basic, RIGHT)) {
			for (int round = 0; round < 3; round++) {
				for (Map.Entry<String, Consumer<IssuedToken>> end : ends.entrySet()) {
					assertThat(lastAcceptance(service, end.getValue())).as(end.getKey())
						.isLessThan(Duration.ofSeconds(2));
				}
			}
		}
	}

	private Duration lastAcceptance(RemoteService service, Consumer<IssuedToken> end) {
		User owner = this.people.admin();
		IssuedToken token = this.people.token(owner, RIGHT);
		String raw = token.raw().reveal();
		await().until(() -> {
			int asked = service.asked();
			assertThat(service.accepts(raw)).isTrue();
			return service.asked() == asked;
		});
		end.accept(token);
		long endedAt = System.nanoTime();
		long last = endedAt;
		long deadline = endedAt + Duration.ofSeconds(10).toNanos();
		long now = System.nanoTime();
		while (service.accepts(raw) && now - deadline < 0) {
			last = now;
			now = System.nanoTime();
		}
		assertThat(service.accepts(raw)).isFalse();
		return Duration.ofNanos(last - endedAt);
	}

}
