package dev.latchkey.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request whose headers never end keeps no thread, and is cut off.
 */
@LatchkeyTest
class SlowHeadersTests {

	/** More than there are threads without virtual ones. */
	private static final int MANY = 300;

	@Autowired
	private Http http;

	@Test
	void manyLeaveTheServerAnsweringAndAreCutOff() throws IOException {
		URI server = URI.create(this.http.base());
		List<Socket> slow = new ArrayList<>();
		try {
			for (int i = 0; i < MANY; i++) {
				Socket socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort());
				slow.add(socket);
				send(socket, "POST /api/login HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
			}
			for (int i = 0; i < 5; i++) {
				for (Socket socket : slow) {
					send(socket, "a");
				}
				long begin = System.nanoTime();
				assertThat(this.http.get("/livez").status()).isEqualTo(200);
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
			}
			for (Socket socket : slow) {
				socket.setSoTimeout(15_000);
				assertThat(socket.getInputStream().readAllBytes()).asString(StandardCharsets.UTF_8)
					.doesNotContain("HTTP/1.1 2");
			}
		}
		finally {
			for (Socket socket : slow) {
				socket.close();
			}
		}
	}

	private static void send(Socket socket, String text) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(text.getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

}
