package dev.latchkey.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.testing.Routes.Route;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/**
 * Speaks to the server under test as a client does, over HTTP.
 */
public class Http {

	private final ServletWebServerApplicationContext server;

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

	Http(ServletWebServerApplicationContext server) {
		this.server = server;
	}

	/**
	 * Returns the address of the server, without a slash at its end.
	 */
	public String base() {
		return "http://127.0.0.1:" + port();
	}

	/**
	 * Returns the server's port.
	 */
	public int port() {
		return this.server.getWebServer().getPort();
	}

	/**
	 * Sends a GET without credentials.
	 */
	public Answer get(String path) {
		return send("GET", path, null, Map.of());
	}

	/**
	 * Sends a GET with a token.
	 */
	public Answer get(String path, String token) {
		return send("GET", path, null, bearer(token));
	}

	/**
	 * Sends a POST with a token and a JSON body; null sends no body.
	 */
	public Answer post(String path, String token, String json) {
		return send("POST", path, json, bearer(token));
	}

	/**
	 * Sends a POST without credentials.
	 */
	public Answer post(String path, String json) {
		return send("POST", path, json, Map.of());
	}

	/**
	 * Sends a PATCH with a token.
	 */
	public Answer patch(String path, String token, String json) {
		return send("PATCH", path, json, bearer(token));
	}

	/**
	 * Sends a PUT with a token.
	 */
	public Answer put(String path, String token, String json) {
		return send("PUT", path, json, bearer(token));
	}

	/**
	 * Sends a DELETE with a token.
	 */
	public Answer delete(String path, String token) {
		return send("DELETE", path, null, bearer(token));
	}

	/**
	 * Sends any request; each header may stand several times.
	 */
	public Answer send(String method, String path, String json, Map<String, List<String>> headers) {
		return send(method, path, (json != null) ? BodyPublishers.ofString(json) : BodyPublishers.noBody(), headers,
				json != null);
	}

	/**
	 * Asks a route with a token, and with an empty object where it takes a body.
	 */
	public Answer call(Route route, String token) {
		boolean body = !List.of("GET", "DELETE").contains(route.method());
		return send(route.method(), route.path(), body ? "{}" : null, bearer(token));
	}

	/**
	 * Posts a form.
	 * @param authorization what stands in that header, or null for no such header
	 * @param namesAndValues names and values in turn
	 */
	public Answer postForm(String path, @Nullable String authorization, String... namesAndValues) {
		return sendForm(path, Forms.form(namesAndValues),
				(authorization != null) ? Map.of("Authorization", List.of(authorization)) : Map.of());
	}

	/**
	 * Posts a form that is written already, right or wrong.
	 */
	public Answer sendForm(String path, String form, Map<String, List<String>> headers) {
		Map<String, List<String>> all = new HashMap<>(headers);
		all.put("Content-Type", List.of(Forms.TYPE));
		return send("POST", path, form, all);
	}

	/**
	 * Sends a body without announcing its length.
	 */
	public Answer sendChunked(String method, String path, String json, Map<String, List<String>> headers) {
		return send(method, path,
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))),
				headers, true);
	}

	/** A stream of events is left at its head, since it does not end. */
	private static HttpResponse.BodySubscriber<String> body(HttpResponse.ResponseInfo head) {
		boolean stream = head.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
		return stream ? new LeftBody() : BodyHandlers.ofString().apply(head);
	}

	private Answer send(String method, String path, BodyPublisher body, Map<String, List<String>> headers,
			boolean json) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
			.timeout(Duration.ofSeconds(30))
			.method(method, body);
		if (json && !headers.containsKey("Content-Type")) {
			request.header("Content-Type", "application/json");
		}
		headers.forEach((name, values) -> values.forEach((value) -> request.header(name, value)));
		try {
			return new Answer(this.client.send(request.build(), Http::body));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Sends bytes that no client library would, and returns all that the server answers
	 * until it hangs up; the request has to ask for that.
	 */
	public String raw(String request) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the header that carries a token.
	 */
	public static Map<String, List<String>> bearer(String token) {
		return Map.of("Authorization", List.of("Bearer " + token));
	}

	/**
	 * What the server answered.
	 *
	 * @param response the response as the client saw it
	 */
	public record Answer(HttpResponse<String> response) {

		/**
		 * Returns the status.
		 */
		public int status() {
			return this.response.statusCode();
		}

		/**
		 * Returns the body as text.
		 */
		public String body() {
			return this.response.body();
		}

		/**
		 * Returns a value of the JSON body by its path, for example {@code items[0].id}.
		 */
		public <T> T json(String path) {
			return JsonPath.read(this.response.body(), "$." + path);
		}

		/**
		 * Returns the {@code code} of a problem.
		 */
		public String code() {
			return json("code");
		}

		/**
		 * Returns a header, or null where there is none.
		 */
		public String header(String name) {
			return this.response.headers().firstValue(name).orElse(null);
		}

	}

	private static final class LeftBody implements HttpResponse.BodySubscriber<String> {

		@Override
		public CompletionStage<String> getBody() {
			return CompletableFuture.completedStage("");
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			subscription.cancel();
		}

		@Override
		public void onNext(List<ByteBuffer> item) {
			// Nobody waits for it.
		}

		@Override
		public void onError(Throwable failure) {
			// Likewise.
		}

		@Override
		public void onComplete() {
			// Likewise.
		}

	}

}
