package dev.latchkey.logging;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs Spring Boot's logging system with the project's own configuration.
 */
@ExtendWith(OutputCaptureExtension.class)
class MaskingEncoderTests {

	private static final String TOKEN = "lkp_" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm";

	private final LoggingSystem system = LoggingSystem.get(getClass().getClassLoader());

	private final MockEnvironment environment = new MockEnvironment();

	@AfterEach
	void configureAsBefore() {
		System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
		System.clearProperty("LOG_FILE");
		this.system.cleanUp();
		initialize();
	}

	@Test
	void aTokenIsBlankedInTheMessageItsArgumentsAndItsException(CapturedOutput output) {
		initialize();
		LoggerFactory.getLogger("test")
			.warn("refused {}", "Bearer abcdef", new IllegalStateException("cause", new Error(TOKEN)));
		assertThat(output).contains("refused Bearer ****").contains("java.lang.Error: lkp_****").doesNotContain(TOKEN);
	}

	@Test
	void aLineWithoutASecretLooksAsSpringBootWritesIt(CapturedOutput output) {
		this.environment.setProperty("spring.application.name", "latchkey");
		initialize();
		LoggerFactory.getLogger("test").info("größer than_before");
		assertThat(output.getOut().strip())
			.matches("(?s).*T.*INFO .* --- \\[latchkey] \\[.*] test +: größer than_before");
	}

	@Test
	void aFileIsMaskedToo(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("server.log");
		this.environment.setProperty("logging.file.name", file.toString());
		initialize();
		LoggerFactory.getLogger("test").warn("refused {}", TOKEN);
		assertThat(Files.readString(file, StandardCharsets.UTF_8)).contains("refused lkp_****").doesNotContain(TOKEN);
	}

	@Test
	void aStructuredLineIsMaskedAndStaysJson(CapturedOutput output) {
		this.environment.setProperty("logging.structured.format.console", "ecs");
		// What a server in this JVM was told before would hold.
		System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
		initialize();
		LoggerFactory.getLogger("test").warn("refused \"Bearer abc\" and {}", TOKEN);
		assertThat(output).contains("\"message\":\"refused \\\"Bearer ****\\\" and lkp_****\"");
		assertThat(StringUtils.countOccurrencesOf(output.getOut(), "\n")).isEqualTo(1);
	}

	@Test
	void aStructuredLineSaysWhatTheRequestIsCalledAndItsTrace(CapturedOutput output) {
		this.environment.setProperty("logging.structured.format.console", "ecs");
		System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
		initialize();
		MDC.put("request_id", "seen-at-ten-past-nine");
		MDC.put("trace.id", "4bf92f3577b34da6a3ce929d0e0e4736");
		try {
			LoggerFactory.getLogger("test").warn("refused");
		}
		finally {
			MDC.clear();
		}
		assertThat(output).contains("\"request_id\":\"seen-at-ten-past-nine\"",
				"\"trace\":{\"id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}");
	}

	private void initialize() {
		this.system.cleanUp();
		this.system.beforeInitialize();
		LogFile file = LogFile.get(this.environment);
		this.system.getSystemProperties(this.environment).apply(file);
		this.system.initialize(new LoggingInitializationContext(this.environment), null, file);
	}

}
