package dev.latchkey.page;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Contract 4, behind real proxies with the lines that {@code docs/behind-a-proxy.md}
 * gives: a person signs in and makes a token, a script calls with it, and what a client
 * says of itself in a proxy's headers changes nothing.
 */
@OtherSettingsTest
@WithChromium
class BehindProxyTests {

	private static final Path PAGE = Path.of("docs/behind-a-proxy.md");

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Test
	void nginxAsItComes() throws Exception {
		int port = freePort();
		Path configuration = Files.writeString(this.directory.resolve("nginx.conf"), """
				daemon off;
				pid %1$s/pid;
				events {}
				http {
				    access_log off;
				    client_body_temp_path %1$s/body;
				    proxy_temp_path %1$s/proxy;
				    fastcgi_temp_path %1$s/fastcgi;
				    uwsgi_temp_path %1$s/uwsgi;
				    scgi_temp_path %1$s/scgi;
				    proxy_max_temp_file_size 0;
				    server {
				        listen 127.0.0.1:%2$d;
				        %3$s
				    }
				}
				""".formatted(this.directory, port, documented("nginx")));
		try (Proxy proxy = new Proxy(port, "/usr/sbin/nginx", "-e", this.directory.resolve("error.log").toString(),
				"-c", configuration.toString())) {
			signInMakeATokenAndCall(proxy.base());
		}
	}

	@Test
	void caddyAsDebianHasIt() throws Exception {
		int port = freePort();
		Path configuration = Files.writeString(this.directory.resolve("Caddyfile"), "{\n\tadmin off\n}\n"
				+ documented("caddyfile").replace("tokens.example.com", "http://127.0.0.1:" + port));
		try (Proxy proxy = new Proxy(port, "/usr/bin/caddy", "run", "--adapter", "caddyfile", "--config",
				configuration.toString())) {
			signInMakeATokenAndCall(proxy.base());
		}
	}

	private void signInMakeATokenAndCall(String base) throws Exception {
		User user = this.people.user();
		String token;
		try (Chromium browser = Chromium.open(base)) {
			browser.signIn(user.email(), People.PASSWORD).waitUntilSeen("Personal access tokens");
			browser.follow("Generate new token").fill("Name", "behind a proxy").tick("user:read");
			browser.press("Generate token").waitUntilSeen("Your new token");
			token = browser.field("Your new token").getAttribute("value");
		}
		String plain = get(base + "/api/user", token);
		assertThat(plain).startsWith("200").contains(user.email());
		assertThat(get(base + "/api/user", token, "Forwarded", "for=203.0.113.9;host=evil.example;proto=https",
				"X-Forwarded-Host", "evil.example", "X-Forwarded-Port", "1", "X-Forwarded-Prefix", "/evil"))
			.isEqualTo(plain);
		String metadata = get(base + "/.well-known/oauth-authorization-server", null);
		assertThat(metadata).startsWith("200").contains("\"issuer\":\"" + base + "\"");
		assertThat(get(base + "/.well-known/oauth-authorization-server", null, "Forwarded", "host=evil.example",
				"X-Forwarded-Host", "evil.example", "X-Forwarded-Port", "1", "X-Forwarded-Proto", "ftp"))
			.isEqualTo(metadata);
		assertThat(get(base + "/tokens?q=" + "x".repeat(6500), null, "Accept", "text/html")).startsWith("302");
		assertThat(get(base + "/tokens", null, "Forwarded", "host=evil.example", "X-Forwarded-Host", "evil.example",
				"X-Forwarded-Port", "1", "X-Forwarded-Prefix", "/evil"))
			.startsWith("302")
			.doesNotContain("evil");
	}

	private String get(String address, String token, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
		if (token != null) {
			request.header("X-Api-Token", "Bearer " + token);
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		HttpResponse<String> response = this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		return response.statusCode() + " " + response.headers().firstValue("Location").orElse("") + " "
				+ response.body();
	}

	private String documented(String language) throws IOException {
		Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(PAGE));
		assertThat(block.find()).isTrue();
		return block.group(1).replace("127.0.0.1:8080", URI.create(this.http.base()).getAuthority());
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/**
	 * A proxy in a process of its own.
	 */
	private final class Proxy implements AutoCloseable {

		private final int port;

		private final Process process;

		private Proxy(int port, String... command) throws IOException {
			this.port = port;
			ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true)
				.redirectOutput(BehindProxyTests.this.directory.resolve("log").toFile());
			builder.environment().put("HOME", BehindProxyTests.this.directory.toString());
			this.process = builder.start();
			await().until(this::answers);
		}

		private boolean answers() {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				return socket.isConnected();
			}
			catch (IOException ex) {
				return false;
			}
		}

		String base() {
			return "http://127.0.0.1:" + this.port;
		}

		@Override
		public void close() throws InterruptedException {
			this.process.destroy();
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}

	}

}
