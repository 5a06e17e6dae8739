package dev.latchkey.verification;

import dev.latchkey.testing.LatchkeyTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is said of an address at which nothing can be heard, which may hold the password.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class ListenerComplaintTests {

	@Autowired
	private ApplicationContext context;

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:postgres://localhost/latchkey?user=me&password=hush-hush",
			"jdbc:postgresql:///localhost/latchkey?user=me&password=hush-hush",
			"jdbc:postgresql://me:hush-hush@localhost?password=hush-hush",
			"jdbc:postgresql://localhost:1/latchkey?user=me&password=hush-hush" })
	void saysWhyWithoutTheAddress(String url, CapturedOutput output) {
		try (Node node = new Node(this.context, url)) {
			await().until(() -> output.getAll().contains("Changes are not heard"));
			assertThat(node.isBelieving()).isFalse();
		}
		assertThat(output.getAll()).containsPattern("Changes are not heard.*: \\w+Exception, SQLSTATE \\w+")
			.doesNotContain("hush-hush");
	}

}
