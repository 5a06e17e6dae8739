package dev.latchkey.api;

import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written about a token: by its owner, and by who ended it.
 */
@LatchkeyTest
class DescribedTokenTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	private User owner;

	private String key;

	@BeforeEach
	void makeKey() {
		this.owner = this.people.user();
		this.key = this.people.raw(this.owner, "*");
	}

	@Test
	void aDescriptionIsShownWhereverTheTokenIs() {
		Answer made = make("\"description\":\"  Deploys the shop  \"");
		String raw = made.json("token");
		for (Answer seen : List.of(made, this.http.get(path(made), this.key),
				this.http.get("/api/tokens/current", raw))) {
			assertThat(seen.<String>json("description")).isEqualTo("Deploys the shop");
			assertThat(seen.<List<String>>json("resources")).containsExactly("latchkey");
			assertThat(seen.<String>json("revocation_reason")).isNull();
		}
		assertThat(this.http.get("/api/user", raw).<String>json("token.description")).isEqualTo("Deploys the shop");
		assertThat(this.http.get("/api/tokens", this.key).<List<String>>json("items[*].description"))
			.contains("Deploys the shop");
	}

	@Test
	void aDescriptionIsOneLineOfUpTo500Characters() {
		assertThat(make("\"description\":\"%s\"".formatted("ä".repeat(500))).status()).isEqualTo(201);
		for (String bad : List.of("x".repeat(501), "a\\nb", "a\\u202eb", "\\u200b")) {
			Answer refused = make("\"description\":\"%s\"".formatted(bad));
			assertThat(refused.status()).as(bad).isEqualTo(422);
			assertThat(refused.body()).contains("\"field\":\"description\"");
		}
		assertThat(make("\"description\":\" \"").<String>json("description")).isNull();
		assertThat(make("\"description\":null").<String>json("description")).isNull();
	}

	@Test
	void aChangedDescriptionIsTheNextRequestsAndIsTakenAwayByAnEmptyOne() {
		Answer made = make("\"description\":\"one\"");
		assertThat(this.http.get("/api/tokens/current", made.json("token")).<String>json("description"))
			.isEqualTo("one");
		assertThat(this.http.patch(path(made), this.key, "{\"description\":\"two\"}").<String>json("description"))
			.isEqualTo("two");
		assertThat(this.http.get("/api/tokens/current", made.json("token")).<String>json("description"))
			.isEqualTo("two");
		assertThat(this.http.patch(path(made), this.key, "{\"name\":\"other\"}").<String>json("description"))
			.isEqualTo("two");
		Answer refused = this.http.patch(path(made), this.key, "{\"description\":null}");
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.body()).contains("send \\\"\\\" to empty it");
		assertThat(this.http.patch(path(made), this.key, "{\"description\":\"\"}").<String>json("description"))
			.isNull();
		assertThat(this.http.get(path(made) + "/events", this.key).body())
			.contains("{\"field\":\"description\",\"before\":\"one\",\"after\":\"two\"}")
			.contains("{\"field\":\"description\",\"before\":\"two\",\"after\":null}");
	}

	@Test
	void aSuccessorIsDescribedAsBefore() {
		Answer made = make("\"description\":\"one\"");
		Answer successor = this.http.post(path(made) + "/rotate", this.key, null);
		assertThat(successor.<String>json("description")).isEqualTo("one");
		assertThat(successor.<List<String>>json("resources")).containsExactly("latchkey");
	}

	@Test
	void whoEndsATokenMaySayWhy() {
		Answer made = make("\"description\":\"one\"");
		Answer child = this.http.post("/api/tokens", made.json("token"), "{\"name\":\"x\",\"scopes\":[\"user:read\"]}");
		assertThat(this.http.delete(path(made) + "?reason=a%0Ab", this.key).status()).isEqualTo(422);
		assertThat(this.http.delete(path(made) + "?reason=" + "x".repeat(501), this.key).status()).isEqualTo(422);
		assertThat(this.http.delete(path(made) + "?descendants=true&reason=laptop%20lost", this.key).status())
			.isEqualTo(204);
		assertThat(this.http.delete(path(made) + "?reason=another", this.key).status()).isEqualTo(204);
		for (Answer ended : List.of(made, child)) {
			assertThat(this.http.get(path(ended), this.key).<String>json("revocation_reason")).isEqualTo("laptop lost");
			assertThat(this.http.get(path(ended) + "/events", this.key).body())
				.contains("{\"field\":\"revocation_reason\",\"before\":null,\"after\":\"laptop lost\"}")
				.doesNotContain("another");
		}
	}

	@Test
	void anAdministratorSaysWhyToo() {
		Answer made = make("\"description\":\"one\"");
		String admin = this.people.raw(this.people.admin(), "*");
		String path = "/api/users/%s/tokens/%s".formatted(this.owner.id(), made.<String>json("id"));
		assertThat(this.http.delete(path + "?reason=project%20over", admin).status()).isEqualTo(204);
		assertThat(this.http.get(path(made), this.key).<String>json("revocation_reason")).isEqualTo("project over");
	}

	@Test
	void whoeverEndsItForAReasonOfTheServersIsNamedByIt() {
		Answer found = make("\"description\":\"one\"");
		this.http.post("/api/tokens/revoke", null, "{\"tokens\":[\"%s\"]}".formatted(found.<String>json("token")));
		assertThat(this.http.get(path(found), this.key).<String>json("revocation_reason")).isEqualTo("leaked");
		Answer left = make("\"description\":\"one\"");
		this.http.post("/api/logout", left.json("token"), null);
		assertThat(this.http.get(path(left), this.key).<String>json("revocation_reason")).isEqualTo("logout");
		Answer plain = make("\"description\":\"one\"");
		this.http.delete(path(plain), this.key);
		assertThat(this.http.get(path(plain), this.key).<String>json("revocation_reason")).isNull();
	}

	@Test
	void aTokenWithoutAHintIsOneLikeOthers() {
		Answer made = make("\"description\":\"one\"");
		this.jdbc.update("update api_token set hint = null where id = cast(? as uuid)", made.<String>json("id"));
		for (Answer seen : List.of(this.http.get(path(made), this.key),
				this.http.get("/api/tokens/current", made.json("token")))) {
			assertThat(seen.status()).isEqualTo(200);
			assertThat(seen.<String>json("hint")).isNull();
		}
		assertThat(this.http.get("/api/tokens?q=described", this.key).<Integer>json("total")).isEqualTo(1);
		assertThat(this.http.post(path(made) + "/rotate", this.key, null).status()).isEqualTo(201);
	}

	@Test
	void aTokenIsBoundToWhatThereIs() {
		assertThat(make("\"resources\":[\"latchkey\",\"latchkey\"]").<List<String>>json("resources"))
			.containsExactly("latchkey");
		for (String bad : List.of("[]", "[\"no-such\"]", "[\"latchkey\",\"\"]")) {
			Answer refused = make("\"resources\":" + bad);
			assertThat(refused.status()).as(bad).isEqualTo(422);
			assertThat(refused.body()).contains("\"field\":\"resources\"");
		}
	}

	private Answer make(String fields) {
		return this.http.post("/api/tokens", this.key,
				"{\"name\":\"described\",\"scopes\":[\"user:read\",\"tokens:write\"],%s}".formatted(fields));
	}

	private static String path(Answer made) {
		return "/api/tokens/" + made.<String>json("id");
	}

}
