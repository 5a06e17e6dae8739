package dev.latchkey.startup;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.testing.ServerProcess;
import dev.latchkey.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database as an older version left it, full, and a server of this version on it: what
 * the migrations fill, and what that means to those who were there before.
 */
class UpgradeTests {

	private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	/** The last migration before any that fills something. */
	private static final String BEFORE = "30";

	private final JdbcConnectionDetails database = TestDatabase.create();

	private final DriverManagerDataSource source = new DriverManagerDataSource(this.database.getJdbcUrl(),
			String.valueOf(this.database.getUsername()), String.valueOf(this.database.getPassword()));

	private final JdbcClient jdbc = JdbcClient.create(this.source);

	@Test
	void whatWasThereBeforeIsKept(@TempDir Path directory) throws Exception {
		flyway(BEFORE).migrate();
		UUID user = account("user@example.com", "USER");
		String old = raw('a');
		token(user, "p", old, null, null, 20);
		UUID composed = account("\u00e9@example.com", "USER");
		UUID decomposed = account("e\u0301@example.com", "USER");
		try (ServerProcess server = new ServerProcess(directory.resolve("log"), this.database, Map.of())) {
			// Contract 2: tokens that exist when this comes keep the right.
			HttpResponse<String> rotated = post(server, "/api/tokens/current/rotate", old);
			assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(201);
			String successor = JsonPath.read(rotated.body(), "$.token");
			assertThat(JsonPath.<List<String>>read(rotated.body(), "$.scopes")).containsExactly("user:read");
			assertThat(post(server, "/api/tokens/current/rotate", successor).statusCode()).isEqualTo(201);
			String later = raw('b');
			token(user, "p", later, null, null, 20);
			assertThat(post(server, "/api/tokens/current/rotate", later).statusCode()).isEqualTo(403);
			// Accounts whose addresses become one: both stay, one WARN names them.
			assertThat(this.jdbc.sql("select id from app_user where email_shared").query(UUID.class).list())
				.containsExactlyInAnyOrder(composed, decomposed);
			assertThat(server.log().lines().filter((line) -> line.contains("WARN") && line.contains(composed + " ")))
				.singleElement()
				.asString()
				.contains(decomposed.toString());
			assertThat(this.jdbc.sql("select email_key from app_user where id = ?")
				.param(user)
				.query(String.class)
				.single()).isEqualTo("user@example.com");
		}
	}

	@Test
	void clientsGetTheRoleOfTheDayOfTheUpgrade() {
		flyway(BEFORE).migrate();
		UUID user = account("user@example.com", "USER");
		UUID admin = account("admin@example.com", "ADMIN USER");
		client("of-user", "client_credentials", user);
		client("of-admin", "client_credentials", admin);
		client("of-superuser", "client_credentials", account("superuser@example.com", "SUPERUSER"));
		client("of-guest", "client_credentials", account("guest@example.com", "GUEST"));
		client("of-nobody", "authorization_code", null);
		UUID own = token(admin, "o", raw('a'), "of-admin", null, 1);
		UUID agreed = token(user, "o", raw('b'), "of-admin", null, 1);
		UUID ended = token(admin, "o", raw('c'), "of-admin", null, -1);
		flyway("latest").migrate();
		this.jdbc.sql("update app_user set roles = 'SUPERUSER'").update();
		assertThat(List.of("of-user", "of-admin", "of-superuser", "of-guest", "of-nobody"))
			.extracting((client) -> one("select max_role from oauth_client where client_id = ?", client))
			.containsExactly("USER", "ADMIN", "SUPERUSER", "GUEST", null);
		assertThat(List.of(own, agreed, ended))
			.extracting((token) -> one("select max_role from api_token where id = ?", token))
			.containsExactly("ADMIN", null, null);
		assertThat(this.jdbc
			.sql("select count(*) from oauth_client where made_with is not null or disabled_at is not null")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void grantsForAPasswordAreToldFromThoseByConsent() {
		flyway(BEFORE).migrate();
		UUID user = account("user@example.com", "USER");
		client("by-password", "password refresh_token", null);
		client("by-code", "authorization_code refresh_token", null);
		UUID given = UUID.randomUUID();
		UUID consented = UUID.randomUUID();
		UUID elsewhere = UUID.randomUUID();
		token(user, "o", raw('a'), "by-password", given, 1);
		token(user, "r", raw('b'), "by-password", given, 30);
		token(user, "r", raw('c'), "by-password", consented, 30);
		token(user, "r", raw('d'), "by-code", elsewhere, 30);
		this.jdbc
			.sql("""
					insert into oauth_authorization (id, client_id, owner_id, family_id, created_at, expires_at, used_at,
					    wanted_scopes, code_challenge)
					select ?, id, ?, ?, now(), now(), now(), 'user:read', 'x' from oauth_client where client_id = 'by-password'
					""")
			.params(UUID.randomUUID(), user, consented)
			.update();
		flyway("latest").migrate();
		assertThat(this.jdbc.sql("select family_id from password_grant where owner_id = ?")
			.param(user)
			.query(UUID.class)
			.list()).containsExactly(given);
		assertThat(this.jdbc.sql("select password_version from app_user").query(Integer.class).list()).containsOnly(0);
	}

	/**
	 * Nodes of the version before write accounts as they did, and know of no other table.
	 */
	@Test
	void ownersOfTokensAreTakenOverAndFollowWhatTheVersionBeforeWrites() {
		flyway("61").migrate();
		UUID kept = account("kept@example.com", "ADMIN USER");
		UUID disabled = account("disabled@example.com", "USER");
		this.jdbc.sql("update app_user set enabled = false where id = ?").param(disabled).update();
		UUID gone = account("gone@example.com", "GUEST");
		token(gone, "p", raw('a'), null, null, 20);
		UUID token = token(kept, "p", raw('b'), null, null, 20);
		flyway("latest").migrate();
		assertThat(owners()).containsExactlyInAnyOrder(kept + " kept@example.com ADMIN USER true",
				disabled + " disabled@example.com USER false", gone + " gone@example.com GUEST true");
		UUID made = account("made@example.com", "USER");
		UUID theirs = token(made, "p", raw('c'), null, null, 20);
		this.jdbc.sql("update app_user set roles = 'USER', enabled = false where id = ?").param(kept).update();
		this.jdbc.sql("delete from app_user where id = ?").param(gone).update();
		assertThat(owners()).containsExactlyInAnyOrder(kept + " kept@example.com USER false",
				disabled + " disabled@example.com USER false", made + " made@example.com USER true");
		assertThat(tokens()).containsExactlyInAnyOrder(token, theirs);
		this.jdbc.sql("truncate app_user cascade").update();
		assertThat(owners()).isEmpty();
		assertThat(tokens()).isEmpty();
	}

	private List<String> owners() {
		return this.jdbc.sql("select id || ' ' || username || ' ' || roles || ' ' || enabled from token_owner")
			.query(String.class)
			.list();
	}

	private List<UUID> tokens() {
		return this.jdbc.sql("select id from api_token").query(UUID.class).list();
	}

	private Flyway flyway(String target) {
		return Flyway.configure().dataSource(this.source).locations("classpath:db/migration").target(target).load();
	}

	private UUID account(String email, String roles) {
		UUID id = UUID.randomUUID();
		this.jdbc.sql("""
				insert into app_user (id, email, name, password_hash, roles, enabled, created_at)
				values (?, ?, 'Before', '{noop}x', ?, true, now())
				""").params(id, email, roles).update();
		return id;
	}

	private void client(String name, String grantTypes, @Nullable UUID account) {
		this.jdbc
			.sql("""
					insert into oauth_client (id, client_id, name, grant_types, scopes, redirect_uris, account_id, created_at)
					values (?, ?, ?, ?, 'user:read', '', cast(? as uuid), now())
					""")
			.params(UUID.randomUUID(), name, name, grantTypes, (account != null) ? account.toString() : null)
			.update();
	}

	private UUID token(UUID owner, String kind, String raw, @Nullable String client, @Nullable UUID family, int days) {
		UUID id = UUID.randomUUID();
		this.jdbc
			.sql("""
					insert into api_token (id, owner_id, family_id, created_at, expires_at, digest, kind, hint, name, scopes,
					    client_id)
					values (?, ?, cast(? as uuid), now() - interval '10 days', now() + ? * interval '1 day', ?, ?, 'lk_x', 'Before',
					    'user:read', ?)
					""")
			.params(id, owner, (family != null) ? family.toString() : null, days, digest(raw), kind, client)
			.update();
		return id;
	}

	private @Nullable String one(String sql, Object parameter) {
		return this.jdbc.sql(sql).param(parameter).query(String.class).list().get(0);
	}

	/** Contract 2, the raw form. */
	private static String raw(char letter) {
		String start = "lkp_" + String.valueOf(letter).repeat(43);
		CRC32 crc = new CRC32();
		crc.update(start.getBytes(StandardCharsets.US_ASCII));
		StringBuilder checksum = new StringBuilder();
		BigInteger rest = BigInteger.valueOf(crc.getValue());
		for (int i = 0; i < 6; i++) {
			BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(62));
			checksum.insert(0, BASE62.charAt(parts[1].intValue()));
			rest = parts[0];
		}
		return start + checksum;
	}

	private static byte[] digest(String raw) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(raw.getBytes(StandardCharsets.US_ASCII));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static HttpResponse<String> post(ServerProcess server, String path, String token)
			throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
			.header("Authorization", "Bearer " + token)
			.POST(BodyPublishers.noBody())
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

}
