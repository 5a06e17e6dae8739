package dev.latchkey.client;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a client's document is believed.
 */
class ClientDocumentLifeTests {

	private static final String ADDRESS = "https://robot.example/client.json";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "'' | 60", "public | 60", "max-age=600 | 10", "'public, Max-Age=\"600\"' | 10",
					"s-maxage=600 | 60", "max-age=1 | 5", "max-age=999999999 | 1440", "no-store | 5",
					"'No-Cache, max-age=600' | 5" })
	void itIsAsItsServerSaysWithinBounds(String caching, long minutes) {
		String body = "{\"client_id\":\"%s\",\"redirect_uris\":[\"https://robot.example/back\"]}".formatted(ADDRESS);
		ClientDocument document = ClientDocument.read(DocumentAddress.parse(ADDRESS).orElseThrow(),
				new DocumentFetch.Fetched(body, "application/json", caching));
		assertThat(document.life()).isEqualTo(Duration.ofMinutes(minutes));
	}

}
