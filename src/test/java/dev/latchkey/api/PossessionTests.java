package dev.latchkey.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What anybody may do who holds a token, or knows its hash.
 */
@LatchkeyTest
class PossessionTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TokenFormat format;

	@Test
	void whoeverHoldsATokenMayEndItAndWhatWasMadeWithIt() {
		String one = this.people.raw(this.people.user(), "*");
		String child = this.http.post("/api/tokens", one, "{\"name\":\"x\",\"scopes\":[\"user:read\"]}").json("token");
		String two = this.people.raw(this.people.user(), "*");
		Answer answer = revoke(List.of(one, two, one));
		assertThat(answer.status()).isEqualTo(202);
		assertThat(answer.body()).isEmpty();
		assertThat(List.of(alive(one), alive(two), alive(child))).containsOnly(false);
	}

	@Test
	void whatDoesNotExistIsAnsweredTheSame() {
		Answer known = revoke(List.of(this.people.raw(this.people.user(), "*")));
		Answer unknown = revoke(List.of(this.format.generate(TokenKind.PERSONAL).reveal()));
		assertThat(unknown.status()).isEqualTo(known.status());
		assertThat(unknown.body()).isEqualTo(known.body());
	}

	@Test
	void aThousandMayBeGivenAtOnceAndNoMore() {
		String token = this.people.raw(this.people.user(), "*");
		assertThat(revoke(Collections.nCopies(1001, token)).code()).isEqualTo("validation_failed");
		assertThat(alive(token)).isTrue();
		assertThat(revoke(Collections.nCopies(1000, token)).status()).isEqualTo(202);
		assertThat(alive(token)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s\\n", " %s", "\\t%s\\r\\n", "\\u00a0%s\\u2003" })
	void blanksAroundATokenDoNotKeepItAlive(String form) {
		String one = this.people.raw(this.people.user(), "*");
		String two = this.people.raw(this.people.user(), "*");
		assertThat(diagnose(form.formatted(one)).<String>json("state")).isEqualTo("active");
		assertThat(revoke(List.of(form.formatted(one), two)).status()).isEqualTo(202);
		assertThat(List.of(alive(one), alive(two))).containsOnly(false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"nonsense\"", "\"\"", "null", "\"%sx\"", "\"x%s\"", "\"%s %s\"",
			"\"lkp_0000000000000000000000000000000000000000000000000\"", "\"Bearer %s\"" })
	void whatIsNoTokenByItsFormIsNamedAndThenNoneIsRevoked(String entry) {
		String token = this.people.raw(this.people.user(), "*");
		String odd = entry.replace("%s", token);
		Answer answer = revokeRaw("[\"%s\",%s,\"%s\",%s]".formatted(token, odd, token, odd));
		assertThat(answer.status()).as(answer.body()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("tokens[1]", "tokens[3]");
		assertThat(answer.body()).doesNotContain(token);
		assertThat(alive(token)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "null" })
	void noneAtAllIsRefused(String tokens) {
		Answer answer = revokeRaw(tokens);
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("tokens");
	}

	@Test
	void theOwnerMayRevokeByHashInEitherCase() {
		User owner = this.people.user();
		String key = this.people.raw(owner, "tokens:write");
		String lost = this.people.raw(owner, "user:read");
		assertThat(revokeByHash(key, hash(lost)).status()).isEqualTo(204);
		assertThat(revokeByHash(key, hash(lost).toUpperCase(Locale.ROOT)).status()).isEqualTo(204);
		assertThat(revokeByHash(key, " " + hash(lost) + "\\n").status()).isEqualTo(204);
		assertThat(alive(lost)).isFalse();
	}

	@Test
	void anothersHashIsNotThereExceptForAdministrators() {
		String lost = this.people.raw(this.people.user(), "user:read");
		assertThat(revokeByHash(this.people.raw(this.people.user(), "*"), hash(lost)).code()).isEqualTo("not_found");
		assertThat(alive(lost)).isTrue();
		User administrator = this.people.admin();
		assertThat(revokeByHash(this.people.raw(administrator, "tokens:write"), hash(lost)).code())
			.as("the role alone does not do it")
			.isEqualTo("not_found");
		String admin = this.people.raw(administrator, "tokens:write", "users:write");
		assertThat(revokeByHash(admin, hash(lost)).status()).isEqualTo(204);
		assertThat(alive(lost)).isFalse();
		Answer unknown = revokeByHash(admin, hash("nonsense"));
		assertThat(unknown.code()).isEqualTo("not_found");
		assertThat(unknown.<String>json("detail")).contains("no token with this hash");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "null", "\"abc\"",
			"\"zz00000000000000000000000000000000000000000000000000000000000000\"",
			"\"000000000000000000000000000000000000000000000000000000000000000 0\"" })
	void whatIsNoHashIsRefused(String hash) {
		Answer answer = this.http.post("/api/tokens/revoke-by-hash", this.people.raw(this.people.user(), "*"),
				"{\"token_hash\":%s}".formatted(hash));
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("token_hash");
	}

	@Test
	void revokingByHashNeedsTheScope() {
		String reader = this.people.raw(this.people.user(), "tokens:read");
		assertThat(revokeByHash(reader, hash("x")).code()).isEqualTo("insufficient_scope");
	}

	private Answer revoke(List<String> tokens) {
		return revokeRaw("[\"%s\"]".formatted(String.join("\",\"", tokens)));
	}

	private Answer revokeRaw(String tokens) {
		return this.http.post("/api/tokens/revoke", "{\"tokens\":%s}".formatted(tokens));
	}

	private Answer diagnose(String token) {
		return this.http.post("/api/tokens/diagnose", "{\"token\":\"%s\"}".formatted(token));
	}

	private Answer revokeByHash(String key, String hash) {
		return this.http.post("/api/tokens/revoke-by-hash", key, "{\"token_hash\":\"%s\"}".formatted(hash));
	}

	private boolean alive(String token) {
		return this.http.get("/api/tokens/current", token).status() == 200;
	}

	private static String hash(String token) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
		}
		catch (java.security.NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
