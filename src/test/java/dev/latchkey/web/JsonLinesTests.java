package dev.latchkey.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.mock.http.MockHttpOutputMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * How lists of any length are written.
 */
class JsonLinesTests {

	private final JsonLinesConverter converter = new JsonLinesConverter(
			JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build());

	@Test
	void anObjectIsALineHoweverJsonIsWrittenElsewhere() throws IOException {
		List<List<Map<String, String>>> batches = new ArrayList<>(
				List.of(List.of(Map.of("a", "x\ny"), Map.of("b", "z")), List.of(Map.of("c", "é")), List.of()));
		MockHttpOutputMessage output = new MockHttpOutputMessage();
		this.converter.write(new JsonLines(() -> batches.remove(0)), null, output);
		assertThat(output.getBodyAsString(java.nio.charset.StandardCharsets.UTF_8))
			.isEqualTo("{\"a\":\"x\\ny\"}\n{\"b\":\"z\"}\n{\"c\":\"é\"}\n");
		assertThat(output.getHeaders().getContentType()).hasToString("application/x-ndjson");
	}

	@Test
	void forAClientThatIsGoneNothingMoreIsRead() {
		List<String> asked = new ArrayList<>();
		JsonLines endless = new JsonLines(() -> {
			asked.add("batch");
			return List.of("line");
		});
		assertThatIOException().isThrownBy(() -> this.converter.write(endless, null, new Gone()));
		assertThat(asked).hasSize(1);
	}

	/** Where the client has closed the connection. */
	private static final class Gone implements HttpOutputMessage {

		private final HttpHeaders headers = new HttpHeaders();

		@Override
		public OutputStream getBody() {
			return new OutputStream() {

				@Override
				public void write(int b) throws IOException {
					throw new IOException("Broken pipe");
				}

			};
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
