package dev.latchkey.verification;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

import dev.latchkey.testing.ServerProcess;

/**
 * Another node that is a process of its own, spoken to over HTTP.
 */
final class RemoteNode implements AutoCloseable {

	private final String name;

	private final ServerProcess process;

	private final String base;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	RemoteNode(String name, ServerProcess process) {
		this.name = name;
		this.process = process;
		this.base = "http://127.0.0.1:" + process.port();
	}

	String base() {
		return this.base;
	}

	/** Uses the token for a right of administrators. */
	CompletableFuture<Boolean> use(String token) {
		return this.client
			.sendAsync(request("GET", "/forward-auth?scope=" + RemoteEnds.RIGHT, token, null),
					BodyHandlers.discarding())
			.thenApply((response) -> isAccepted(response.statusCode()));
	}

	boolean accepts(String token) throws IOException, InterruptedException {
		return isAccepted(send("GET", "/forward-auth?scope=" + RemoteEnds.RIGHT, token, null));
	}

	/** A node that cannot tell does not accept either. */
	private boolean isAccepted(int status) {
		return switch (status) {
			case 204 -> true;
			case 401, 403, 503 -> false;
			default -> throw new AssertionError(this.name + " answered " + status);
		};
	}

	/** Has something changed, and returns once that is answered. */
	void change(String method, String path, String token, String json) throws IOException, InterruptedException {
		int status = send(method, path, token, json);
		if (status / 100 != 2) {
			throw new AssertionError("%s answered %d to %s %s".formatted(this.name, status, method, path));
		}
	}

	/** Asks for something and returns with which status that is answered. */
	int status(String path, String token) throws IOException, InterruptedException {
		return send("GET", path, token, null);
	}

	/** Has a table taken in, and returns once that is answered. */
	void take(String path, String token, String table) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(request("POST", path, token, table), (name, value) -> true)
			.setHeader("Content-Type", "text/csv")
			.build();
		int status = this.client.send(request, BodyHandlers.discarding()).statusCode();
		if (status != 200) {
			throw new AssertionError("%s answered %d to %s".formatted(this.name, status, path));
		}
	}

	void signal(String signal) {
		this.process.signal(signal);
	}

	private int send(String method, String path, String token, String json) throws IOException, InterruptedException {
		return this.client.send(request(method, path, token, json), BodyHandlers.discarding()).statusCode();
	}

	private HttpRequest request(String method, String path, String token, String json) {
		return HttpRequest.newBuilder(URI.create(this.base + path))
			.method(method, (json != null) ? BodyPublishers.ofString(json) : BodyPublishers.noBody())
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.build();
	}

	@Override
	public void close() throws Exception {
		this.process.close();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
