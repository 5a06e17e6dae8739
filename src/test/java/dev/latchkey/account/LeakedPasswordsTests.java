package dev.latchkey.account;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Asks a service in the shape of haveibeenpwned's, and only where that is switched on.
 */
class LeakedPasswordsTests {

	/** The SHA-1 of "password" is 5BAA6 and this. */
	private static final String REST = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";

	private final List<String> asked = new ArrayList<>();

	private int status = 200;

	private String body = REST + ":3\r\n";

	/** How many bytes are announced and never sent. */
	private int missing;

	private HttpServer service;

	@BeforeEach
	void start() throws IOException {
		this.service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.service.createContext("/range/", (exchange) -> {
			this.asked.add(exchange.getRequestURI().getPath());
			byte[] sent = this.body.getBytes(StandardCharsets.US_ASCII);
			exchange.sendResponseHeaders(this.status, sent.length + this.missing);
			exchange.getResponseBody().write(sent);
			exchange.getResponseBody().flush();
			if (this.missing == 0) {
				exchange.close();
			}
		});
		this.service.start();
	}

	@AfterEach
	void stop() {
		this.service.stop(0);
	}

	@Test
	void aLeakedPasswordIsKnownAndOnlyFiveDigitsAreSent() {
		assertThat(leaked(true).contain("password")).isTrue();
		assertThat(this.asked).containsExactly("/range/5BAA6");
		assertThat(leaked(true).contain("window under water")).isFalse();
	}

	@Test
	void withoutTheSettingNobodyIsAsked() {
		assertThat(leaked(false).contain("password")).isFalse();
		assertThat(this.asked).isEmpty();
	}

	@Test
	void noAnswerIsNotTakenForAGoodOne() {
		this.status = 503;
		assertThatExceptionOfType(PasswordUncheckedException.class)
			.isThrownBy(() -> leaked(true).contain("window under water"));
		this.service.stop(0);
		assertThatExceptionOfType(PasswordUncheckedException.class)
			.isThrownBy(() -> leaked(true).contain("window under water"));
	}

	/** Nor what is no answer, nor one that ends too soon, for which nobody waits long. */
	@Test
	@Timeout(60)
	void whatIsNoWholeAnswerIsNone() {
		for (String odd : List.of("", "<!doctype html><title>Sign in to this network</title>", "nothing:1")) {
			this.body = odd;
			assertThatExceptionOfType(PasswordUncheckedException.class).as(odd)
				.isThrownBy(() -> leaked(true).contain("window under water"));
		}
		this.body = REST + ":3\r\n";
		this.missing = 1;
		assertThatExceptionOfType(PasswordUncheckedException.class)
			.isThrownBy(() -> leaked(true).contain("window under water"));
	}

	private LeakedPasswords leaked(boolean switchedOn) {
		return new LeakedPasswords(new PasswordProperties(15, switchedOn, false, List.of()),
				"http://127.0.0.1:" + this.service.getAddress().getPort() + "/range/");
	}

}
