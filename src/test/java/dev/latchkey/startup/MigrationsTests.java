package dev.latchkey.startup;

import java.util.List;
import java.util.Map;

import dev.latchkey.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The server's own tables and those of features have histories of their own.
 */
class MigrationsTests {

	private final JdbcConnectionDetails database = TestDatabase.create();

	private final DriverManagerDataSource source = new DriverManagerDataSource(this.database.getJdbcUrl(),
			String.valueOf(this.database.getUsername()), String.valueOf(this.database.getPassword()));

	private final JdbcClient jdbc = JdbcClient.create(this.source);

	@Test
	void aFeatureHasAHistoryOfItsOwn() {
		migrate("note");
		assertThat(versions("note_schema_history")).containsExactly("0", "1");
		assertThat(versions("flyway_schema_history")).contains("1", "2");
		assertThat(this.jdbc.sql("select count(*) from test_note").query(Long.class).single()).isZero();
	}

	@Test
	void aFolderThatIsMissingIsNoFault() {
		migrate("nowhere");
		assertThat(this.jdbc.sql("select to_regclass('nowhere_schema_history')::text").query(String.class).list())
			.containsOnlyNulls();
	}

	@Test
	void aSecondStartChangesNothing() {
		migrate("note");
		List<String> before = versions("note_schema_history");
		migrate("note");
		assertThat(versions("note_schema_history")).isEqualTo(before);
	}

	/** The table of the sample was made by the server's third migration once. */
	@Test
	void aDatabaseOfTheFirstVersionsIsTakenAsItIs() {
		migrate("note");
		pretendApplied("3", "V3__orders.sql");
		migrate("note");
		assertThat(versions("flyway_schema_history")).contains("3");
	}

	@Test
	void anyOtherMigrationThatIsMissingStopsTheStart() {
		migrate("note");
		pretendApplied("3", "V3__orders.sql");
		pretendApplied("3.1", "V3_1__somebody_elses.sql");
		assertThatExceptionOfType(FlywayValidateException.class).isThrownBy(() -> migrate("note"));
	}

	private void migrate(String feature) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory(
				Map.of(feature, new FeatureMigrations(feature)));
		new Migrations(beans.getBeanProvider(FeatureMigrations.class))
			.migrate(Flyway.configure().dataSource(this.source).locations("classpath:db/migration").load());
	}

	private void pretendApplied(String version, String script) {
		this.jdbc.sql("""
				insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
				    installed_by, execution_time, success)
				select max(installed_rank) + 1, ?, 'earlier', 'SQL', ?, 1, 'test', 1, true from flyway_schema_history
				""").params(version, script).update();
	}

	private List<String> versions(String history) {
		return this.jdbc.sql("select version from " + history + " order by installed_rank").query(String.class).list();
	}

}
