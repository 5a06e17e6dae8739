package dev.latchkey.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.InventoryFilter;
import dev.latchkey.token.TokenInventory;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Commands on the database of a server that runs.
 */
@LatchkeyTest
class CommandTests {

	private static final String PASSWORD = "orchard lantern umbrella";

	@Autowired
	private JdbcConnectionDetails database;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private People people;

	@Autowired
	private Http http;

	@Test
	void anAccountIsMadeAndTheAuditSaysByWhom() {
		String email = "cli-" + UUID.randomUUID() + "@example.com";
		CommandRun run = reading(PASSWORD + "\n", "create-user", "--email", email, "--name", "Ada Lovelace", "--role",
				"admin", "--password-stdin", "--json");
		assertThat(run.err()).isEmpty();
		assertThat(run.exit()).isZero();
		assertThat(run.json().path("email").asString()).isEqualTo(email);
		assertThat(run.json().path("roles").values()).extracting(JsonNode::asString).containsExactly("ADMIN");
		assertThat(actors("user.created", "owner_id", run.json().path("id").asString()))
			.containsExactly("command line");
	}

	@Test
	void theRulesOfAccountsHold() {
		User taken = this.people.user();
		CommandRun again = reading(PASSWORD, "create-user", "--email", taken.email(), "--name", "Ada",
				"--password-stdin");
		assertThat(again.exit()).isEqualTo(1);
		assertThat(again.err()).isEqualTo("--email is taken by another account.\n");
		CommandRun weak = reading("password", "create-user", "--email", "cli-weak@example.com", "--name", "Ada",
				"--password-stdin");
		assertThat(weak.exit()).isEqualTo(1);
		assertThat(weak.err()).isEqualTo("The password must have at least 15 characters.\n");
		CommandRun noRole = reading(PASSWORD, "create-user", "--email", "cli-role@example.com", "--name", "Ada",
				"--role", "emperor", "--password-stdin");
		assertThat(noRole.exit()).isEqualTo(2);
		assertThat(noRole.out() + again.out() + weak.out()).isEmpty();
	}

	@Test
	void aTokenIsPrintedOnceAndAloneAndWorksAtOnce() {
		User owner = this.people.user();
		CommandRun run = on("issue-token", "--email", owner.email(), "--name", "robot", "--scope",
				"orders:read,tokens:read", "--expires-in-days=7");
		assertThat(run.exit()).isZero();
		assertThat(run.out()).matches("lkp_[0-9A-Za-z]{49}\\R");
		assertThat(run.err()).startsWith("It ends at ").doesNotContain("lkp_");
		assertThat(this.http.get("/api/tokens/current", run.out().strip()).status()).isEqualTo(200);
		assertThat(actors("token.created", "owner_id", owner.id().toString())).containsExactly("command line");
	}

	@Test
	void whoeverOwnsItIsToldByMailWhereThereIsMail() {
		User owner = this.people.user();
		CommandRun run = on("issue-token", "--email", owner.email(), "--name", "robot", "--scope", "orders:read",
				"--spring.mail.host=127.0.0.1", "--latchkey.mail.from=tokens@latchkey.example");
		assertThat(run.err()).startsWith("It ends at ");
		assertThat(this.jdbc.sql("delete from queued_mail where owner_id = :owner returning kind")
			.param("owner", owner.id())
			.query(String.class)
			.list()).containsExactly("token-made");
	}

	@Test
	void whatATokenMayNotHaveIsSaidInLines() {
		User owner = this.people.user();
		assertThat(on("issue-token", "--email", owner.email(), "--name", "r", "--scope", "users:write").err())
			.isEqualTo("--scope has users:write, which the roles of this account do not allow.\n");
		CommandRun several = on("issue-token", "--email", owner.email(), "--name", " ", "--scope", "nothing:read",
				"--expires-in-days=4000");
		assertThat(several.exit()).isEqualTo(1);
		assertThat(several.err()).contains("--name ", "--scope ", "--expires-in-days ").hasLineCount(3);
		assertThat(on("issue-token", "--email", "nobody@example.com", "--name", "r", "--scope", "orders:read").err())
			.isEqualTo("There is no account with this address.\n");
		assertThat(on("issue-token", "--email", owner.email(), "--name", "r", "--scope", "orders:read", "--expires-at",
				"soon")
			.exit()).isEqualTo(2);
		this.people.disable(owner);
		assertThat(on("issue-token", "--email", owner.email(), "--name", "r", "--scope", "orders:read").err())
			.isEqualTo("This account is disabled\n");
	}

	@Test
	void aRevokedTokenIsRefusedByTheServerThatRuns() {
		User owner = this.people.user();
		String raw = this.people.raw(owner, "tokens:read");
		assertThat(this.http.get("/api/tokens/current", raw).status()).isEqualTo(200);
		CommandRun run = reading("\n  " + raw + "  \n", "revoke-token", "--json");
		assertThat(run.exit()).isZero();
		assertThat(run.json().path("revoked").size()).isEqualTo(1);
		assertThat(run.out() + run.err()).doesNotContain(raw);
		await().untilAsserted(() -> assertThat(this.http.get("/api/tokens/current", raw).status()).isEqualTo(401));
		assertThat(actors("token.revoked", "owner_id", owner.id().toString())).containsExactly("command line");
	}

	@Test
	void aTokenThatIsGivenTwiceIsOne() {
		String raw = this.people.raw(this.people.user(), "tokens:read");
		CommandRun run = reading(raw + "\n" + raw + "\n", "revoke-token");
		assertThat(run.exit()).isZero();
		assertThat(run.out()).startsWith("Revoked ").hasLineCount(1);
		assertThat(run.err()).isEmpty();
	}

	@Test
	void aTokenThatWasRevokedBeforeIsNotSaidToBeRevokedNow() {
		User owner = this.people.user();
		String before = this.people.raw(owner, "tokens:read");
		assertThat(reading(before, "revoke-token").exit()).isZero();
		String alive = this.people.raw(owner, "tokens:read");
		CommandRun both = reading(before + "\n" + alive, "revoke-token");
		assertThat(both.exit()).isZero();
		assertThat(both.out().lines()).hasSize(2)
			.anyMatch((line) -> line.startsWith("Revoked "))
			.anyMatch((line) -> line.endsWith(") had ended already; a successor, if it has one, goes on"));
		CommandRun again = reading(before + "\n" + alive, "revoke-token", "--json");
		assertThat(again.json().path("revoked").size()).isZero();
		assertThat(again.json().path("already_ended").size()).isEqualTo(2);
	}

	@Test
	void aTokenWithAnothersNumberIsNotRevokedNorSaidToBe() {
		User owner = this.people.user();
		String secret = UUID.randomUUID().toString().replace("-", "") + "12345678";
		long number = 1_000_000 + Math.abs(owner.id().getLeastSignificantBits() % 1_000_000);
		CommandRun moved = reading("id,email,name,token,abilities\n%d,%s,Robot,%s,\"[\"\"tokens:read\"\"]\"\n"
			.formatted(number, owner.email(), sha256(secret)), "import-tokens", "--from=sanctum");
		assertThat(moved.out() + moved.err()).startsWith("Imported 1");
		CommandRun run = reading((number + 1) + "|" + secret, "revoke-token", "--json");
		assertThat(run.exit()).isEqualTo(1);
		assertThat(run.json().path("revoked").size()).isZero();
		assertThat(run.json().path("unknown").asInt()).isEqualTo(1);
		CommandRun right = reading(number + "|" + secret, "revoke-token");
		assertThat(right.exit()).isZero();
		assertThat(right.out()).startsWith("Revoked Robot (");
	}

	private static String sha256(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void scopesAreTakenApartAtCommasBlanksAndBoth() {
		User owner = this.people.user();
		CommandRun run = on("issue-token", "--email", owner.email(), "--name", "robot", "--scope",
				"orders:read, tokens:read", "--json");
		assertThat(run.err()).isEmpty();
		assertThat(run.json().path("scopes").size()).isEqualTo(2);
	}

	@Test
	void aFileThatIsLargerThanTheRouteTakesIsRefused() {
		CommandRun run = reading("email,key,scopes\n" + "x".repeat(2000), "import-tokens", "--from=keys",
				"--latchkey.import.max-size=1KB");
		assertThat(run.exit()).isEqualTo(1);
		assertThat(run.err()).isEqualTo("The file is larger than latchkey.import.max-size, 1024 bytes.\n");
	}

	@Test
	void ofTokensThatAreNoneNoneIsRevoked() {
		String raw = this.people.raw(this.people.user(), "tokens:read");
		CommandRun run = reading(raw + "\nlkp_nonsense\n", "revoke-token");
		assertThat(run.exit()).isEqualTo(1);
		assertThat(run.err()).isEqualTo("Line 2 is no token of this server; none was revoked.\n");
		assertThat(this.http.get("/api/tokens/current", raw).status()).isEqualTo(200);
	}

	@Test
	void aPasswordIsSetAndEndsTheTokens(@TempDir Path directory) throws IOException {
		User owner = this.people.user();
		String raw = this.people.raw(owner, "tokens:read");
		Path file = Files.writeString(directory.resolve("password"), PASSWORD + "\r\n", StandardCharsets.UTF_8);
		CommandRun run = on("reset-password", "--email", owner.email(), "--password-file", file.toString());
		assertThat(run.exit()).isZero();
		assertThat(run.out()).isEqualTo("Set the password of %s (USER)\n".formatted(owner.email()));
		await().untilAsserted(() -> assertThat(this.http.get("/api/tokens/current", raw).status()).isEqualTo(401));
		assertThat(actors("user.password_changed", "owner_id", owner.id().toString())).containsExactly("command line");
	}

	@Test
	void whoIsLeftBecomesSuperuser() {
		User owner = this.people.user();
		this.people.disable(owner);
		CommandRun run = reading(PASSWORD, "reset-password", "--email", owner.email(), "--password-stdin",
				"--superuser", "--json");
		assertThat(run.exit()).isZero();
		assertThat(run.json().path("enabled").asBoolean()).isTrue();
		assertThat(run.json().path("roles").values()).extracting(JsonNode::asString).containsExactly("SUPERUSER");
		// Nobody else's test is to find another superuser than its own.
		this.jdbc.sql("update app_user set enabled = false where id = :id").param("id", owner.id()).update();
	}

	@Test
	void tokensAreListedWithTheirOwnersAndWithoutSecrets() {
		User owner = this.people.user();
		String raw = this.people.raw(owner, "orders:read");
		this.people.raw(owner, "tokens:read");
		CommandRun all = on("list-tokens", "--email", owner.email(), "--json");
		assertThat(all.json().size()).isEqualTo(2);
		assertThat(all.json().get(0).path("owner").path("email").asString()).isEqualTo(owner.email());
		assertThat(all.out()).doesNotContain(raw.substring(4, 40));
		CommandRun some = on("list-tokens", "--email", owner.email(), "--scope", "orders:read");
		assertThat(some.out()).hasLineCount(2).startsWith("ID\tOWNER\tNAME").contains("\torders:read\tactive\t");
		assertThat(some.out().lines().skip(1)).allMatch((line) -> line.endsWith(raw.substring(raw.length() - 4)));
		assertThat(on("list-tokens", "--email", owner.email(), "--resource", "nobodys", "--json").json().size())
			.isZero();
	}

	@Test
	void whatEndedLongAgoIsDeleted() {
		User owner = this.people.user();
		this.people.raw(owner, "orders:read");
		this.people.raw(owner, "tokens:read");
		this.jdbc.sql("""
				update api_token set created_at = now() - interval '40 days', revoked_at = now() - interval '2 days'
				where owner_id = :owner and scopes = 'orders:read'
				""").param("owner", owner.id()).update();
		CommandRun run = on("prune-expired", "--hours=24", "--json");
		assertThat(run.exit()).isZero();
		assertThat(run.json().path("pruned").asInt()).isPositive();
		assertThat(this.jdbc.sql("select scopes from api_token where owner_id = :owner")
			.param("owner", owner.id())
			.query(String.class)
			.list()).containsExactly("tokens:read");
	}

	@Test
	void tokensOfAnotherSystemAreTakenIn() {
		User owner = this.people.user();
		String key = "moved-" + UUID.randomUUID();
		String csv = "email,key,name,scopes\n%s,%s,Robot,orders:read\nnobody@example.com,%s,Robot,orders:read\n"
			.formatted(owner.email(), key, "other-" + UUID.randomUUID());
		CommandRun run = reading(csv, "import-tokens", "--from=keys", "--json");
		assertThat(run.exit()).isZero();
		assertThat(run.json().path("imported").asInt()).isEqualTo(1);
		assertThat(run.json().path("refused").get(0).path("line").asInt()).isEqualTo(3);
		assertThat(run.out() + run.err()).doesNotContain(key);
		CommandRun again = reading(csv, "import-tokens", "--from", "KEYS");
		assertThat(again.out()).isEqualTo("Imported 0, unchanged 1, refused 1\n");
		assertThat(again.err()).startsWith("Line 3: no account has the address");
		assertThat(reading("nonsense", "import-tokens", "--from", "keys").exit()).isEqualTo(1);
		assertThat(actors("import.token", "owner_id", owner.id().toString())).containsExactly("command line");
	}

	@Test
	void aPepperIsMadeAndItIsSaidWhatToDoWithIt(@TempDir Path directory) throws IOException {
		// Other tests leave tokens under peppers of theirs.
		this.jdbc.sql("delete from api_token where length(digest) = 33").update();
		CommandRun run = on("rotate-pepper");
		assertThat(run.exit()).isZero();
		assertThat(run.out()).matches("[A-Za-z0-9+/]{43}=\\R");
		assertThat(run.err()).startsWith("1. Set latchkey.tokens.pepper to it on every node");
		Path file = directory.resolve("pepper");
		CommandRun kept = on("rotate-pepper", "--json", "--file", file.toString());
		assertThat(kept.json().has("pepper")).isFalse();
		assertThat(Files.readString(file)).matches("[A-Za-z0-9+/]{43}=\\n");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(on("rotate-pepper", "--file", file.toString()).exit()).isEqualTo(1);
		assertThat(on("rotate-pepper", "--status", "--json").json().path("set").asBoolean(true)).isFalse();
	}

	@Test
	void whereAllIsWellTheCheckSaysWhatThereIs() {
		CommandRun run = on("check", "--json");
		assertThat(run.json().path("checks").values()).extracting((one) -> one.path("check").asString())
			.containsExactly("settings", "database", "version", "schema", "clock", "pepper", "signing keys", "accounts",
					"name");
		assertThat(run.json().path("checks").values()).extracting((one) -> one.path("result").asString())
			.doesNotContain("failure");
		assertThat(run.exit()).isZero();
		CommandRun words = on("check");
		assertThat(words.out()).contains("ok       settings", "PostgreSQL ");
	}

	@Test
	void aKeyThatOpensNoSigningKeyIsFound() {
		String kid = "cli-" + UUID.randomUUID();
		this.jdbc
			.sql("""
					insert into oauth_signing_key (kid, signs_from, signs_until, published_until, public_jwk, sealed_jwk)
					values (:kid, now() - interval '1 hour', now() + interval '1 hour', now() + interval '2 hours', '{}', 'AAAA')
					""")
			.param("kid", kid)
			.update();
		try {
			CommandRun run = on("check");
			assertThat(run.exit()).isEqualTo(1);
			assertThat(run.out()).contains("failure  signing keys  1 are sealed");
		}
		finally {
			this.jdbc.sql("delete from oauth_signing_key where kid = :kid").param("kid", kid).update();
		}
	}

	@Test
	void aCommandStartsNoneOfWhatTheServerDoes() {
		CommandContext command = new CommandContext(List.of(), CommandRun.settings(this.database));
		try (ConfigurableApplicationContext context = CommandRun.keepingTheLog(command::open)) {
			assertThat(context).isNotInstanceOf(WebServerApplicationContext.class);
			for (Class<?> kind : List.of(TaskScheduler.class, SecurityFilterChain.class)) {
				assertThat(context.getBeanNamesForType(kind, true, false))
					.noneMatch(context.getBeanFactory()::containsSingleton);
			}
			assertThat(context.getBeanFactory().getBeanNamesForType(SmartLifecycle.class, true, false))
				.noneMatch((name) -> name.startsWith("changeListener") || name.startsWith("declaredResources"));
			assertThat(List.of(context.getBeanFactory().getSingletonNames())).doesNotContain("userService",
					"changeListener", "lastUseRecorder", "taskScheduler");
		}
	}

	@Test
	void whatReadsNoAccountMakesNoHibernate() {
		CommandContext command = new CommandContext(List.of(), CommandRun.settings(this.database));
		try (ConfigurableApplicationContext context = CommandRun.keepingTheLog(command::openWithoutEntities)) {
			assertThat(context.getBean(TokenInventory.class)
				.first(new InventoryFilter(UUID.randomUUID(), null, null, null, null), 1)).isEmpty();
			assertThat(context.getBeanNamesForType(EntityManagerFactory.class, true, false)).isEmpty();
		}
	}

	private CommandRun on(String... args) {
		return CommandRun.on(this.database, args);
	}

	private CommandRun reading(String in, String... args) {
		return CommandRun.reading(in, this.database, args);
	}

	private List<String> actors(String action, String column, String id) {
		return this.jdbc
			.sql("select actor from audit_event where action = :action and %s = :id::uuid".formatted(column))
			.param("action", action)
			.param("id", id)
			.query(String.class)
			.list();
	}

}
