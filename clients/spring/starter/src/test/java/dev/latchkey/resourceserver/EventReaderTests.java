package dev.latchkey.resourceserver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Events are read as the HTML standard writes them, however the bytes are cut.
 */
class EventReaderTests {

	private static final String STREAM = ": comment\n\nevent: hello\ndata: {\"a\":1}\n\r\nevent:mark\r\ndata:x\rdata: y\r\r\nid: 4\n\n"
			+ "event: beat\ndata: {}\n\nevent: cut\ndata: never";

	@Test
	void eventsAreTakenApart() throws UnreadableAnswerException {
		assertThat(read(STREAM.length())).containsExactly("hello {\"a\":1}", "mark x\ny", "beat {}");
	}

	@Test
	void anyCutIsGood() throws UnreadableAnswerException {
		for (int length = 1; length < STREAM.length(); length++) {
			assertThat(read(length)).isEqualTo(read(STREAM.length()));
		}
	}

	@Test
	void anEventHasAnEnd() throws UnreadableAnswerException {
		EventReader reader = new EventReader((name, data) -> {
		});
		byte[] line = ("data: " + "x".repeat(1 << 19) + "\n").getBytes(StandardCharsets.US_ASCII);
		reader.read(line);
		assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> reader.read(line));
	}

	private static List<String> read(int length) throws UnreadableAnswerException {
		List<String> events = new ArrayList<>();
		EventReader reader = new EventReader((name, data) -> events.add(name + " " + data));
		for (int start = 0; start < STREAM.length(); start += length) {
			reader.read(STREAM.substring(start, Math.min(STREAM.length(), start + length))
				.getBytes(StandardCharsets.UTF_8));
		}
		return events;
	}

}
