package dev.latchkey.api;

import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class RevokeTokenTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private User owner;

	private IssuedToken key;

	@BeforeEach
	void makeKey() {
		this.owner = this.people.user();
		this.key = this.people.token(this.owner, "*");
	}

	@Test
	void aRevokedTokenIsDeadAtOnceAndStaysToBeSeen() {
		IssuedToken token = this.people.token(this.owner, "user:read");
		Answer answer = delete("/api/tokens/" + token.details().id());
		assertThat(answer.status()).isEqualTo(204);
		assertThat(answer.body()).isEmpty();
		assertThat(alive(token.raw().reveal())).isFalse();
		Answer seen = this.http.get("/api/tokens/" + token.details().id(), raw());
		assertThat(seen.<String>json("state")).isEqualTo("revoked");
		assertThat(seen.<String>json("revoked_at")).isNotNull();
	}

	@Test
	void aSecondTimeIsTheSame() {
		IssuedToken token = this.people.token(this.owner, "user:read");
		delete("/api/tokens/" + token.details().id());
		String first = this.http.get("/api/tokens/" + token.details().id(), raw()).json("revoked_at");
		assertThat(delete("/api/tokens/" + token.details().id()).status()).isEqualTo(204);
		assertThat(this.http.get("/api/tokens/" + token.details().id(), raw()).<String>json("revoked_at"))
			.isEqualTo(first);
	}

	@Test
	void whatIsUnknownOrAnothersIsNotThere() {
		IssuedToken another = this.people.token(this.people.user(), "user:read");
		for (String id : List.of(another.details().id().toString(), UUID.randomUUID().toString(), "nonsense",
				"1-1-1-1-1")) {
			assertThat(delete("/api/tokens/" + id).code()).isEqualTo("not_found");
			assertThat(this.http.get("/api/tokens/" + id, raw()).code()).isEqualTo("not_found");
			assertThat(this.http.patch("/api/tokens/" + id, raw(), "{}").code()).isEqualTo("not_found");
			assertThat(this.http.get("/api/tokens/%s/events".formatted(id), raw()).code()).isEqualTo("not_found");
		}
		assertThat(alive(another.raw().reveal())).isTrue();
	}

	@Test
	void descendantsLiveOnUnlessTheyAreToEndToo() {
		Answer child = make(raw());
		Answer grandchild = make(child.json("token"));
		IssuedToken bystander = this.people.token(this.owner, "user:read");
		delete("/api/tokens/%s?descendants=false".formatted(child.<String>json("id")));
		assertThat(alive(grandchild.json("token"))).isTrue();
		delete("/api/tokens/%s?descendants=true".formatted(child.<String>json("id")));
		assertThat(alive(grandchild.json("token"))).isFalse();
		assertThat(alive(bystander.raw().reveal())).isTrue();
		assertThat(alive(raw())).isTrue();
	}

	@Test
	void descendantsOfWhatATokenWasRotatedFromEndToo() {
		Answer child = make(raw());
		Answer successor = this.http.post("/api/tokens/current/rotate", raw(), null);
		Answer youngest = make(child.json("token"));
		this.http.delete("/api/tokens/current?descendants=true", successor.json("token"));
		assertThat(alive(child.json("token"))).isFalse();
		assertThat(alive(youngest.json("token"))).isFalse();
	}

	@Test
	void whatADescendantWasRotatedIntoEndsToo() {
		Answer child = make(raw());
		Answer successor = this.http.post("/api/tokens/current/rotate", child.json("token"), null);
		delete("/api/tokens/current?descendants=true");
		assertThat(alive(successor.json("token"))).isFalse();
	}

	@Test
	void whatATokenRotatedEndsWithIt() {
		IssuedToken other = this.people.token(this.owner, "user:read");
		Answer successor = this.http.post("/api/tokens/%s/rotate".formatted(other.details().id()), raw(), null);
		assertThat(alive(successor.json("token"))).isTrue();
		delete("/api/tokens/current?descendants=true");
		assertThat(alive(successor.json("token"))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "yes", "1", "TRUE", "" })
	void aFlagIsTrueOrFalse(String flag) {
		IssuedToken token = this.people.token(this.owner, "user:read");
		Answer answer = delete("/api/tokens/%s?descendants=%s".formatted(token.details().id(), flag));
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("descendants");
		assertThat(delete("/api/tokens?except_current=" + flag).status()).isEqualTo(422);
		assertThat(alive(token.raw().reveal())).isTrue();
	}

	@Test
	void allButTheCurrentOneEnd() {
		IssuedToken one = this.people.token(this.owner, "user:read");
		IssuedToken two = this.people.token(this.owner, "user:read");
		IssuedToken strangers = this.people.token(this.people.user(), "user:read");
		delete("/api/tokens/" + two.details().id());
		Answer answer = delete("/api/tokens?except_current=true");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<Integer>json("revoked")).isEqualTo(1);
		assertThat(alive(one.raw().reveal())).isFalse();
		assertThat(alive(raw())).isTrue();
		assertThat(alive(strangers.raw().reveal())).isTrue();
	}

	@Test
	void allEndWithTheCurrentOne() {
		this.people.token(this.owner, "user:read");
		assertThat(delete("/api/tokens").<Integer>json("revoked")).isEqualTo(2);
		assertThat(alive(raw())).isFalse();
	}

	@Test
	void everyTokenMayEndItself() {
		String token = this.people.raw(this.owner, "notes:read");
		assertThat(this.http.delete("/api/tokens/current", token).status()).isEqualTo(204);
		assertThat(this.http.delete("/api/tokens/current", token).status()).isEqualTo(401);
	}

	@Test
	void endingOthersNeedsTheScope() {
		String reader = this.people.raw(this.owner, "tokens:read");
		assertThat(this.http.delete("/api/tokens/" + this.key.details().id(), reader).code())
			.isEqualTo("insufficient_scope");
		assertThat(this.http.delete("/api/tokens", reader).code()).isEqualTo("insufficient_scope");
	}

	private Answer make(String with) {
		return this.http.post("/api/tokens", with, "{\"name\":\"child\",\"scopes\":[\"user:read\",\"tokens:write\"]}");
	}

	private Answer delete(String path) {
		return this.http.delete(path, raw());
	}

	private String raw() {
		return this.key.raw().reveal();
	}

	private boolean alive(String token) {
		return this.http.get("/api/tokens/current", token).status() == 200;
	}

}
