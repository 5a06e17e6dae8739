package dev.latchkey.resourceserver;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/**
 * A server that says over HTTP what a test wants.
 */
public final class ServerStub implements AutoCloseable {

	private final BlockingQueue<OutputStream> streams = new LinkedBlockingQueue<>();

	private final HttpServer server;

	public ServerStub() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "stub");
			thread.setDaemon(true);
			return thread;
		}));
		this.server.start();
	}

	public VerifierSettings settings() {
		return VerifierSettings.of(URI.create("http://127.0.0.1:%d/".formatted(this.server.getAddress().getPort())),
				"parcels", "a secret");
	}

	public void on(String path, HttpHandler handler) {
		this.server.createContext(path, handler);
	}

	/** Opens a stream for each who comes. */
	public void follows() {
		on("/changes", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().flush();
			this.streams.add(exchange.getResponseBody());
		});
	}

	public OutputStream stream() throws InterruptedException {
		OutputStream stream = this.streams.poll(10, java.util.concurrent.TimeUnit.SECONDS);
		if (stream == null) {
			throw new AssertionError("Nobody follows");
		}
		return stream;
	}

	public static void tell(OutputStream stream, String name, String data) throws IOException {
		stream.write("event: %s\ndata: %s\n\n".formatted(name, data).getBytes(StandardCharsets.US_ASCII));
		stream.flush();
	}

	public static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
