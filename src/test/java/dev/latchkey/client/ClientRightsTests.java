package dev.latchkey.client;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 4 and 5.4: no client gives more than its maker had, and none outlives the leak
 * of the token that made it.
 */
@LatchkeyTest
class ClientRightsTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private UserService users;

	@Autowired
	private TokenFormat format;

	@Autowired
	private Apps apps;

	@Autowired
	private JdbcTemplate jdbc;

	private User admin;

	private String token;

	@BeforeEach
	void makeAdmin() {
		this.admin = this.people.admin();
		this.token = this.people.raw(this.admin, "users:read", "users:write", "tokens:write", "user:read");
	}

	@Test
	void anAdministratorActsOnNoClientOfASuperuserNorOfAnotherAdministrator() {
		for (User owner : List.of(this.people.superuser(), this.people.admin())) {
			Answer client = register(this.people.raw(owner, "users:*"), "users:read", null);
			assertForbidden(this.http.post(client.header("Location") + "/secret", this.token, null));
			assertForbidden(this.http.delete(client.header("Location"), this.token));
			assertThat(credentials(client).status()).isEqualTo(200);
		}
	}

	@Test
	void aSuperuserDoesAndSoDoesTheAccountItself() {
		Answer client = register(this.token, "users:read", null);
		String superuser = this.people.raw(this.people.superuser(), "users:*");
		assertThat(this.http.post(client.header("Location") + "/secret", superuser, null).status()).isEqualTo(200);
		assertThat(this.http.post(client.header("Location") + "/secret", this.token, null).status()).isEqualTo(200);
		assertThat(this.http.delete(client.header("Location"), superuser).status()).isEqualTo(204);
	}

	@Test
	void aClientCountsAsTheHighestThatItsAccountWasAlsoWhileThatIsLow() {
		User superuser = this.people.superuser();
		Answer client = register(this.people.raw(superuser, "users:*"), "users:read", null);
		change(superuser, Role.USER);
		assertForbidden(this.http.post(client.header("Location") + "/secret", this.token, null));
		assertForbidden(this.http.delete(client.header("Location"), this.token));
		change(superuser, Role.SUPERUSER);
		assertThat(credentials(client).status()).isEqualTo(200);
	}

	@Test
	void whatsoeverTheAccountBecomesAnotherSecretGivesNoMoreThanWhoReplacedItHad() {
		User owner = this.people.superuser();
		Answer client = register(this.people.raw(owner, "users:*"), "users:read users:write", null);
		change(owner, Role.ADMIN);
		Answer replaced = this.http.post(client.header("Location") + "/secret", this.people.raw(owner, "users:*"),
				null);
		assertThat(replaced.status()).isEqualTo(200);
		change(owner, Role.SUPERUSER);
		String token = credentials(replaced).json("access_token");
		User other = this.people.user();
		assertForbidden(this.http.patch("/api/users/" + other.id(), token, "{\"roles\":[\"ADMIN\"]}"));
		assertThat(this.http.patch("/api/users/" + other.id(), token, "{\"name\":\"Else\"}").status()).isEqualTo(200);
	}

	@Test
	void aClientOfAnAccountThatIsGoneIsASuperusersMatter() {
		User gone = this.people.user();
		Answer client = register(this.token, "users:read", gone.email());
		this.users.delete(Actor.SERVER, gone.id());
		assertForbidden(this.http.post(client.header("Location") + "/secret", this.token, null));
		assertForbidden(this.http.delete(client.header("Location"), this.token));
		String superuser = this.people.raw(this.people.superuser(), "*");
		assertThat(this.http.post(client.header("Location") + "/secret", superuser, null).status()).isEqualTo(200);
		assertThat(this.http.delete(client.header("Location"), superuser).status()).isEqualTo(204);
	}

	@Test
	void nobodyReplacesTheSecretOfAClientThatMayDoMore() {
		User user = this.people.user();
		Answer client = register(this.people.raw(this.people.superuser(), "*"), "tokens:read", user.email());
		assertForbidden(this.http.post(client.header("Location") + "/secret", this.token, null));
		assertForbidden(this.http.post(client.header("Location") + "/secret",
				this.people.raw(this.people.superuser(), "users:*"), null));
		assertThat(
				this.http.post(client.header("Location") + "/secret", this.people.raw(this.admin, "*"), null).status())
			.isEqualTo(200);
	}

	/** What there is at other services stands in no caller's rights here. */
	@Test
	void theSecretOfAClientOfAnotherServiceIsForWhoCouldRegisterIt() {
		String superuser = this.people.raw(this.people.superuser(), "*");
		String name = "parcels-" + UUID.randomUUID().toString().substring(0, 8);
		assertThat(
				this.http
					.put("/api/resources/" + name, superuser,
							"""
									{"address":"https://%1$s.example","scopes":[{"name":"%1$s:read","description":"d","role":"USER"},
									{"name":"%1$s:close","description":"d","role":"SUPERUSER"}]}"""
								.formatted(name))
					.status())
			.isEqualTo(201);
		String ours = this.people.raw(this.admin, "users:read", "users:write", name + ":read");
		Answer client = register(ours, name + ":read", null);
		assertThat(client.status()).as(client.body()).isEqualTo(201);
		String secret = client.header("Location") + "/secret";
		assertThat(this.http.post(secret, ours, null).status()).isEqualTo(200);
		assertForbidden(this.http.post(secret, this.token, null));
		String more = this.people.raw(this.people.superuser(), "users:read", "users:write", name + ":close");
		Answer higher = register(more, name + ":close", this.admin.email());
		assertThat(higher.status()).as(higher.body()).isEqualTo(201);
		assertForbidden(this.http.post(higher.header("Location") + "/secret", ours, null));
		this.jdbc.update("delete from protected_resource");
	}

	@Test
	void registeringNeedsBothScopesAndGivesNoneBeyondTheMakers() {
		Answer alone = register(this.people.raw(this.admin, "users:write"), "users:write", null);
		assertThat(alone.code()).isEqualTo("insufficient_scope");
		assertThat(alone.header("WWW-Authenticate")).contains("scope=\"users:read users:write\"");
		Answer beyond = register(this.token, "tokens:read", null);
		assertThat(beyond.status()).isEqualTo(422);
		assertThat(beyond.<List<String>>json("errors[*].field")).containsExactly("scopes");
	}

	@Test
	void aConfinedTokenRegistersNoneAndReplacesNoSecret() {
		Answer client = register(this.token, "users:read", null);
		String bound = this.people.raw(this.admin, TokenRequest.of("users:*").onlyAt("127.0.0.0/8"));
		String child = this.http
			.post("/api/tokens", this.token,
					"{\"name\":\"x\",\"scopes\":[\"users:read\",\"users:write\",\"tokens:write\"]}")
			.json("token");
		for (String confined : List.of(bound, child, successor(child))) {
			assertForbidden(register(confined, "users:read", null));
			assertForbidden(this.http.post(client.header("Location") + "/secret", confined, null));
		}
		assertThat(register(successor(this.token), "users:read", null).status()).isEqualTo(201);
	}

	@Test
	void aClientIsNotPromotedWithItsAccount() {
		User user = this.people.user();
		Answer client = register(this.token, "users:read", user.email());
		String before = credentials(client).json("access_token");
		this.people.setRoles(user, Role.SUPERUSER);
		for (String token : List.of(before, credentials(client).<String>json("access_token"))) {
			Answer refused = this.http.get("/api/users", token);
			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.code()).isEqualTo("forbidden");
		}
	}

	@Test
	void whatSuchATokenMakesAndRotatesIsNotPromotedEither() {
		User user = this.people.user();
		String superuser = this.people.raw(this.people.superuser(), "*");
		Answer client = this.http.post("/api/clients", superuser, """
				{"name":"App","scopes":["users:read","users:write","tokens:write"],"grant_types":["client_credentials"],
				"account":"%s"}""".formatted(user.email()));
		String token = credentials(client).json("access_token");
		this.people.setRoles(user, Role.SUPERUSER);
		String child = this.http
			.post("/api/tokens", token, "{\"name\":\"x\",\"scopes\":[\"users:read\",\"tokens:write\"]}")
			.json("token");
		for (String made : List.of(child, successor(child), successor(token))) {
			assertThat(this.http.get("/api/users", made).status()).isEqualTo(403);
		}
	}

	@Test
	void whenTheMakerLeaksItsClientsAndTheirTokensEnd() {
		Answer client = register(this.token, "users:read", null);
		String access = credentials(client).json("access_token");
		assertThat(this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(this.token)).status())
			.isEqualTo(202);
		assertDisabled(client, access);
		assertThat(this.http.get(client.header("Location"), this.people.raw(this.admin, "users:read"))
			.<Boolean>json("enabled")).isFalse();
	}

	@Test
	void whenATokenLeaksThatGaveAnotherSecretTheClientEndsToo() {
		Answer client = register(this.people.raw(this.admin, "*"), "users:read", null);
		Answer replaced = this.http.post(client.header("Location") + "/secret", this.token, null);
		this.http.post(client.header("Location") + "/secret", this.people.raw(this.admin, "*"), null);
		Answer last = this.http.post(client.header("Location") + "/secret", this.people.raw(this.admin, "*"), null);
		assertThat(replaced.status()).isEqualTo(200);
		String access = credentials(last).json("access_token");
		assertThat(this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(this.token)).status())
			.isEqualTo(202);
		assertThat(credentials(last).status()).isEqualTo(401);
		assertDisabled(client, access);
	}

	/** Contract 4: a rotation's successor counts as the token before it. */
	@Test
	void whenATokenLeaksTheClientsOfItsWholeFamilyEnd() {
		String successor = successor(this.token);
		Answer before = register(this.token, "users:read", null);
		Answer after = register(successor, "users:read", null);
		String access = credentials(after).json("access_token");
		assertThat(this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(this.token)).status())
			.isEqualTo(202);
		assertDisabled(after, access);
		assertThat(credentials(before).status()).isEqualTo(401);
		assertThat(this.http.get("/api/tokens/current", successor).status()).isEqualTo(200);
	}

	@Test
	void theftThatTheServerSeesEndsTheClientsTooAlsoWhereNoTokenIsLeft() {
		Answer client = register(this.token, "users:read", null);
		String access = credentials(client).json("access_token");
		String successor = this.http.post("/api/tokens/current/rotate", this.token, "{}").json("token");
		Answer second = register(successor, "users:read", null);
		this.http.delete("/api/tokens/current", successor);
		assertThat(credentials(client).status()).isEqualTo(200);
		assertThat(this.http.post("/api/tokens/current/rotate", this.token, "{}").status()).isEqualTo(401);
		assertDisabled(client, access);
		assertThat(credentials(second).status()).isEqualTo(401);
	}

	@Test
	void aRefreshTokenThatIsUsedTwiceEndsWhatItsAccessTokensRegistered() {
		App app = this.apps.own(this.admin, Role.ADMIN);
		Answer pair = app.signIn(this.admin);
		Answer client = register(pair.json("access_token"), "users:read", null);
		String access = credentials(client).json("access_token");
		Answer refreshed = app.refresh(pair);
		assertThat(this.http.get("/api/user", refreshed.json("access_token")).status()).isEqualTo(200);
		assertThat(credentials(client).status()).isEqualTo(200);
		assertThat(app.refresh(pair).status()).isEqualTo(401);
		assertDisabled(client, access);
	}

	@Test
	void aLeakToldByHashAndAfterTheMakersEndCountsTooAndReachesWhatTheClientMade() {
		Answer client = register(this.token, "users:read users:write", null);
		String access = credentials(client).json("access_token");
		Answer second = register(access, "users:read", null);
		String secondAccess = credentials(second).json("access_token");
		this.http.delete("/api/tokens/current", this.token);
		assertThat(credentials(client).status()).isEqualTo(200);
		String hash = this.format.parse(this.token).map(ClientRightsTests::digest).orElseThrow();
		assertThat(this.http
			.post("/api/tokens/revoke-by-hash", this.people.raw(this.admin, "tokens:write"),
					"{\"token_hash\":\"%s\"}".formatted(hash))
			.status()).isEqualTo(204);
		assertDisabled(client, access);
		assertDisabled(second, secondAccess);
	}

	private void assertDisabled(Answer client, String access) {
		assertThat(credentials(client).status()).isEqualTo(401);
		assertThat(this.http.get("/api/users", access).status()).isEqualTo(401);
		Answer renewed = this.http.post(client.header("Location") + "/secret",
				this.people.raw(this.people.superuser(), "*"), null);
		assertThat(renewed.status()).isEqualTo(409);
		assertThat(renewed.code()).isEqualTo("client_disabled");
		Visitor superuser = new Visitor(this.http.base());
		superuser.signIn(this.people.superuser().email(), People.PASSWORD);
		assertThat(superuser.get("/admin/clients").body())
			.contains("Disabled: the token that registered it has leaked");
	}

	private void change(User user, Role role) {
		this.people.setRoles(user, role);
	}

	private Answer register(String with, String scopes, String account) {
		return this.http.post("/api/clients", with,
				"{\"name\":\"App\",\"scopes\":[\"%s\"],\"grant_types\":[\"client_credentials\"]%s}".formatted(
						scopes.replace(" ", "\",\""), (account != null) ? ",\"account\":\"" + account + "\"" : ""));
	}

	private Answer credentials(Answer client) {
		return this.http.postForm("/oauth2/token", null, "grant_type", "client_credentials", "client_id",
				client.json("client_id"), "client_secret", client.json("client_secret"));
	}

	private String successor(String token) {
		return this.http.post("/api/tokens/current/rotate", token, "{\"grace_period\":\"PT1H\"}").json("token");
	}

	private static void assertForbidden(Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("forbidden");
	}

	private static String digest(RawToken raw) {
		return HexFormat.of().formatHex(TokenDigest.of(raw).bytes());
	}

}
