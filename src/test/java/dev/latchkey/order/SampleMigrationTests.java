package dev.latchkey.order;

import javax.sql.DataSource;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample's table stands in a folder of its own.
 */
@LatchkeyTest
class SampleMigrationTests {

	@Autowired
	private DataSource database;

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Test
	void aTableThatIsThereAlreadyKeepsItsRows() {
		String token = this.people.raw(this.people.user(), "orders:*");
		String path = this.http.post("/api/orders", token, "{\"item\":\"tea\",\"quantity\":1}").header("Location");
		Flyway.configure()
			.dataSource(this.database)
			.locations("classpath:db/sample")
			.table("as_if_for_the_first_time")
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.load()
			.migrate();
		assertThat(this.http.get(path, token).status()).isEqualTo(200);
	}

}
