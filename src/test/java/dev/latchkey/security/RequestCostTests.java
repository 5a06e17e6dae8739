package dev.latchkey.security;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a good request must not cost. An exception notes the whole stack, and one a
 * request takes longer than all that the token is asked.
 */
@LatchkeyTest
class RequestCostTests {

	private static final String THROWN = "jdk.JavaExceptionThrow";

	private static final String CONTAINER = "org.apache.catalina.";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@TempDir
	private Path directory;

	@Test
	void aGoodRequestMakesNoException() throws IOException {
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(madeDuring(() -> assertThat(this.http.get("/api/user", token).status()).isEqualTo(200))).isEmpty();
	}

	@Test
	void anExceptionIsSeen() throws IOException {
		assertThat(madeDuring(() -> assertThat(this.http.get("/api/user", "none").status()).isEqualTo(401)))
			.contains("dev.latchkey.security.BadTokenException");
	}

	/** The second time, when nothing has to be set up any more. */
	private List<String> madeDuring(Runnable request) throws IOException {
		request.run();
		Path file = this.directory.resolve("exceptions.jfr");
		try (Recording recording = new Recording()) {
			recording.enable(THROWN).withStackTrace();
			recording.start();
			request.run();
			recording.stop();
			recording.dump(file);
		}
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter(RequestCostTests::isOfARequest)
			.map((event) -> event.getClass("thrownClass").getName())
			.toList();
	}

	private static boolean isOfARequest(RecordedEvent event) {
		return event.getStackTrace()
			.getFrames()
			.stream()
			.anyMatch((frame) -> frame.getMethod().getType().getName().startsWith(CONTAINER));
	}

}
