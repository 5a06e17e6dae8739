package host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * How the tables come into somebody else's database.
 */
class SchemaTests {

	/**
	 * The log of a JVM can be set up by one start at a time, and is left as it is here.
	 */
	@Test
	void twoNodesThatStartAtOnceMakeThemOnce() {
		System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
		try {
			startTwoAtOnce(Running.newDatabase());
		}
		finally {
			System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
		}
	}

	private static void startTwoAtOnce(String database) {
		List<CompletableFuture<Running>> nodes = Stream
			.generate(() -> CompletableFuture.supplyAsync(() -> Running.startOn(database, List.of(Shop.class)),
					// The pool that is taken otherwise has one thread on two cores.
					(work) -> new Thread(work).start()))
			.limit(2)
			.toList();
		nodes.forEach((node) -> {
			try (Running shop = node.join()) {
				assertThat(shop.get("/api/invoices", shop.token("anna", "invoices:read")).statusCode()).isEqualTo(200);
			}
		});
	}

	@Test
	void whoOnlyLooksSaysWhatIsMissing() throws Exception {
		String database = Running.newDatabase();
		assertThatException()
			.isThrownBy(
					() -> Running.startOn(database, List.of(Shop.class), "latchkey.schema.initialize=validate").close())
			.havingRootCause()
			.withMessageContaining("V1__tokens.sql");
		Running.startOn(database, List.of(Shop.class)).close();
		Running.startOn(database, List.of(Shop.class), "latchkey.schema.initialize=validate").close();
		execute(database, "update latchkey.schema_version set digest = 'another'");
		assertThatException().isThrownBy(() -> Running.startOn(database, List.of(Shop.class)).close())
			.havingRootCause()
			.withMessageContaining("another text");
	}

	/** With another text of a script, even. */
	@Test
	void whoLooksAtNothingUsesWhatIsThere() throws Exception {
		String database = Running.newDatabase();
		Running.startOn(database, List.of(Shop.class)).close();
		execute(database, "update latchkey.schema_version set digest = 'another'");
		try (Running shop = Running.startOn(database, List.of(Shop.class), "latchkey.schema.initialize=never")) {
			assertThat(shop.get("/api/invoices", shop.token("anna", "invoices:read")).statusCode()).isEqualTo(200);
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void whoLooksAtNothingMakesNothingAndIsToldWhatIsMissing(CapturedOutput said) throws Exception {
		String database = Running.newDatabase();
		assertThatException()
			.isThrownBy(
					() -> Running.startOn(database, List.of(Shop.class), "latchkey.schema.initialize=never").close())
			.havingRootCause()
			.withMessageContaining("\"latchkey.token_pepper\" does not exist");
		assertThat(said).contains("APPLICATION FAILED TO START", "latchkey.schema.initialize=never",
				"\"latchkey.token_pepper\" does not exist", "META-INF/latchkey/schema/", "V1__tokens.sql",
				"V4__forms.sql");
		assertThat(said.getOut().lines().filter((line) -> line.startsWith("\tat "))).isEmpty();
		assertThat(rows(database, "select nspname from pg_namespace where nspname = 'latchkey'")).isEmpty();
	}

	@Test
	void whoMayMakeNothingUsesWhatOthersMade() throws Exception {
		String database = Running.newDatabase();
		Running.startOn(database, List.of(Shop.class)).close();
		execute(database, """
				create user shop;
				grant usage on schema latchkey to shop;
				grant select, insert, update, delete on all tables in schema latchkey to shop;
				""");
		try (Running shop = Running.startOn(database, List.of(Shop.class), "spring.datasource.username=shop")) {
			String token = shop.token("anna", "invoices:read");
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			shop.tokens().revoke(token);
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void whoMayMakeNothingStartsWhereOthersRanTheScripts() throws Exception {
		String database = Running.newDatabase();
		execute(database,
				String.join("\n", "create schema latchkey; set search_path to latchkey;", script("schema_version.sql"),
						script("V1__tokens.sql"), script("V2__audit.sql"), script("V3__pruning.sql"),
						script("V4__forms.sql"), script("noted.sql"), """
								create user till;
								grant usage on schema latchkey to till;
								grant select, insert, update, delete on all tables in schema latchkey to till;
								"""));
		try (Running shop = Running.startOn(database, List.of(Shop.class), "spring.datasource.username=till",
				"latchkey.schema.initialize=validate")) {
			assertThat(shop.get("/api/invoices", shop.token("anna", "invoices:read")).statusCode()).isEqualTo(200);
		}
		Running.startOn(database, List.of(Shop.class)).close();
	}

	/** Both are written and read by the same statements. */
	@Test
	void tablesOfTheServersHaveTheSameColumnsAndTellOfTheSameChanges() throws Exception {
		String server = Running.newDatabase();
		for (Path migration : migrations()) {
			execute(server, "begin;\n" + Files.readString(migration) + "\ncommit;");
		}
		String library = Running.newDatabase();
		Running.startOn(library, List.of(Shop.class)).close();
		List<String> known = List.of("api_token", "token_use", "token_scope_use", "token_pepper", "token_node",
				"audit_event");
		for (String table : known) {
			assertThat(columns(library, table)).as(table).isNotEmpty().isEqualTo(columns(server, table));
		}
		assertThat(told(library)).isNotEmpty().isEqualTo(told(server));
	}

	/** In the order of their numbers. */
	private static List<Path> migrations() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("..", "src", "main", "resources", "db", "migration"))) {
			return files.sorted(Comparator.comparingInt(SchemaTests::number)).toList();
		}
	}

	private static int number(Path migration) {
		return Integer.parseInt(migration.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"));
	}

	private static String script(String name) throws IOException {
		return Files.readString(Path.of("src", "main", "resources", "META-INF", "latchkey", "schema", name));
	}

	private static List<String> columns(String database, String table) throws SQLException {
		return rows(database, """
				select column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '')
				from information_schema.columns where table_name = '%s' order by 1
				""".formatted(table));
	}

	/** Which columns of a token nodes hear of. */
	private static List<String> told(String database) throws SQLException {
		return rows(database, """
				select distinct event_object_column::text from information_schema.triggered_update_columns
				where event_object_table = 'api_token' order by 1
				""");
	}

	private static List<String> rows(String database, String query) throws SQLException {
		try (Connection connection = DriverManager.getConnection(database, "postgres", "");
				Statement statement = connection.createStatement();
				ResultSet found = statement.executeQuery(query)) {
			List<String> rows = new ArrayList<>();
			while (found.next()) {
				rows.add(found.getString(1));
			}
			return rows;
		}
	}

	private static void execute(String database, String sql) throws Exception {
		try (Connection connection = DriverManager.getConnection(database, "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
