package dev.latchkey.token;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Refresh tokens that exist at the upgrade get the beginning of their family.
 */
class FamilyMigrationTests {

	private final JdbcConnectionDetails database = TestDatabase.create();

	private final DriverManagerDataSource source = new DriverManagerDataSource(this.database.getJdbcUrl(),
			String.valueOf(this.database.getUsername()), String.valueOf(this.database.getPassword()));

	private final JdbcClient jdbc = JdbcClient.create(this.source);

	private final UUID owner = UUID.randomUUID();

	@Test
	void aFamilyThatExistsBeganWithItsEarliestRow() {
		migrateTo("50");
		this.jdbc.sql("""
				insert into app_user (id, email, name, password_hash, roles, enabled, created_at)
				values (?, 'old@example.com', 'Old', 'x', 'USER', true, now())
				""").param(this.owner).update();
		UUID family = UUID.randomUUID();
		insert("o", family, "2026-01-01T00:00:00Z");
		UUID spent = insert("r", family, "2026-01-02T00:00:00Z");
		UUID living = insert("r", family, "2026-01-30T00:00:00Z");
		UUID other = insert("r", UUID.randomUUID(), "2026-02-01T00:00:00Z");
		UUID alone = insert("r", null, "2026-02-02T00:00:00Z");
		UUID personal = insert("p", null, "2026-02-03T00:00:00Z");
		migrateTo("53");
		assertThat(began(spent)).isEqualTo(began(living)).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
		assertThat(began(other)).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
		assertThat(began(alone)).isEqualTo(Instant.parse("2026-02-02T00:00:00Z"));
		assertThat(began(personal)).isNull();
	}

	private void migrateTo(String version) {
		Flyway.configure().dataSource(this.source).locations("classpath:db/migration").target(version).load().migrate();
	}

	private UUID insert(String kind, @Nullable UUID family, String createdAt) {
		UUID id = UUID.randomUUID();
		this.jdbc.sql("""
				insert into api_token (id, owner_id, family_id, created_at, digest, kind, hint, name, scopes)
				values (?, ?, ?, cast(? as timestamptz), ?, ?, '…', 'Old', '*')
				""").params(id, this.owner, family, createdAt, TokenDigest.of(id.toString()).bytes(), kind).update();
		return id;
	}

	private @Nullable Instant began(UUID id) {
		Timestamp began = (Timestamp) this.jdbc.sql("select family_began_at from api_token where id = ?")
			.param(id)
			.query()
			.singleRow()
			.get("family_began_at");
		return (began != null) ? began.toInstant() : null;
	}

}
