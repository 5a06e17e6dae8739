package dev.latchkey.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import dev.latchkey.testing.LatchkeyTest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of a body, not only each piece has its time.
 */
class BodyTimeTests {

	/**
	 * Each byte comes long before the container gives up waiting for it: as a form, which
	 * the container reads, as what a handler reads, and as what nobody reads.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/read", "/form", "/unread" })
	@Timeout(120)
	void aBodyThatComesByteByByteIsCutOff(String path, @TempDir Path directory) throws Exception {
		Tomcat tomcat = start(directory, Duration.ofMillis(500));
		try (Socket client = new Socket("127.0.0.1", tomcat.getConnector().getLocalPort())) {
			OutputStream out = client.getOutputStream();
			send(out, head(path, 100_000));
			assertThat(dripUntilCutOff(client, out)).isTrue();
		}
		finally {
			tomcat.stop();
			tomcat.destroy();
		}
	}

	@Test
	void aConnectionStaysWhereTheBodyIsThere(@TempDir Path directory) throws Exception {
		Tomcat tomcat = start(directory, Duration.ofMinutes(5));
		try (Socket client = new Socket("127.0.0.1", tomcat.getConnector().getLocalPort())) {
			client.setSoTimeout(60_000);
			OutputStream out = client.getOutputStream();
			for (String path : new String[] { "/unread", "/read", "/form", "/unread" }) {
				send(out, head(path, 4) + "a=bc");
				assertThat(answer(client.getInputStream())).as(path).startsWith("HTTP/1.1 200");
			}
			send(out, "POST /unread HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na=bc\r\n0\r\n\r\n"
					+ head("/read", 4) + "a=bc");
			assertThat(answer(client.getInputStream())).startsWith("HTTP/1.1 200");
			assertThat(answer(client.getInputStream())).startsWith("HTTP/1.1 200");
		}
		finally {
			tomcat.stop();
			tomcat.destroy();
		}
	}

	private static boolean dripUntilCutOff(Socket client, OutputStream out) {
		try {
			client.setSoTimeout(50);
			for (int i = 0; i < 1500; i++) {
				send(out, "x");
				if (isClosed(client.getInputStream())) {
					return true;
				}
			}
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	/** What comes of the answer is passed over. */
	private static boolean isClosed(InputStream in) throws IOException {
		try {
			in.transferTo(OutputStream.nullOutputStream());
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	private static String answer(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int read = in.read();
			if (read < 0) {
				break;
			}
			head.append((char) read);
		}
		return head.toString();
	}

	private static String head(String path, int length) {
		return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n"
			.formatted(path, length);
	}

	private static void send(OutputStream out, String text) throws IOException {
		out.write(text.getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

	private static Tomcat start(Path directory, Duration patience) throws Exception {
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(directory.toString());
		Connector connector = new Connector();
		connector.setPort(0);
		connector.setProperty("address", "127.0.0.1");
		tomcat.setConnector(connector);
		tomcat.getEngine().getPipeline().addValve(new BodyTimeValve(patience));
		Context context = tomcat.addContext("", directory.toString());
		Tomcat.addServlet(context, "reader", new Reader());
		context.addServletMappingDecoded("/", "reader");
		tomcat.start();
		return tomcat;
	}

	private static final class Reader extends HttpServlet {

		private static final long serialVersionUID = 1L;

		@Override
		protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
			if (request.getRequestURI().equals("/read")) {
				request.getInputStream().readAllBytes();
			}
			else if (request.getRequestURI().equals("/form")) {
				request.getParameterMap();
			}
			response.setContentLength(0);
		}

	}

	@Nested
	@LatchkeyTest
	class OnTheServer {

		@Autowired
		private ServletWebServerApplicationContext context;

		@Test
		void everyBodyHasItsTime() {
			TomcatWebServer server = (TomcatWebServer) this.context.getWebServer();
			assertThat(Stream.of(server.getTomcat().getEngine().getPipeline().getValves()))
				.hasAtLeastOneElementOfType(BodyTimeValve.class);
		}

	}

}
