package dev.latchkey.net;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log names an odd {@code Host} only where it is the reason for the refusal.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class OddHostLogTests {

	@Autowired
	private Http http;

	@Test
	void onlyARefusedNameIsNamed(CapturedOutput output) {
		for (String request : new String[] { "GET /a?\001 HTTP/1.1\r\nHost: good.example",
				"GET http://evil.example/ HTTP/1.1\r\nHost: good.example",
				"GET / HTTP/1.1\r\nHost: good.example\r\nContent-Length: x",
				"GET / HTTP/1.1\r\nHost: good.example\r\nX: a\001b" }) {
			assertThat(this.http.raw(request + "\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
		}
		assertThat(output.getOut()).doesNotContain("is no name", "are answered with 400");
		assertThat(this.http.raw("GET / HTTP/1.1\r\nHost: odd(name\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 400");
		assertThat(output.getOut()).contains("\"Host: odd(name\" are answered with 400");
	}

}
