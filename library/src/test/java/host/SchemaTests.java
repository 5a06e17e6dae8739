package host;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * How the tables come into somebody else's database.
 */
class SchemaTests {

	@Test
	void twoNodesThatStartAtOnceMakeThemOnce() {
		String database = Running.newDatabase();
		List<CompletableFuture<Running>> nodes = Stream
			.generate(() -> CompletableFuture.supplyAsync(() -> Running.startOn(database, List.of(Shop.class))))
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

	private static void execute(String database, String sql) throws Exception {
		try (Connection connection = DriverManager.getConnection(database, "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
