package dev.latchkey.resourceserver;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import dev.latchkey.resourceserver.Json.Fields;

/**
 * Follows {@code GET /changes} in a thread of its own, and opens another stream whenever
 * one has ended.
 */
class ChangeFollower implements Runnable {

	private static final System.Logger LOG = System.getLogger(ChangeFollower.class.getName());

	/** Without a byte; about once a second there is one. */
	private static final Duration SILENCE = Duration.ofSeconds(3);

	private static final long SHORTEST_PAUSE = 100;

	private static final long LONGEST_PAUSE = 5_000;

	private final HttpClient client;

	private final HttpRequest request;

	private final Belief belief;

	private final AtomicLong streams = new AtomicLong();

	private final Thread thread = new Thread(this, "latchkey-changes");

	private volatile boolean closed;

	private boolean saidSo;

	ChangeFollower(HttpClient client, VerifierSettings settings, Belief belief) {
		this.client = client;
		this.belief = belief;
		this.request = HttpRequest.newBuilder(settings.at("/changes"))
			.header("Authorization", settings.authorization())
			.header("Accept", "text/event-stream")
			.header("Cache-Control", "no-store")
			.build();
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	void close() {
		this.closed = true;
		this.thread.interrupt();
	}

	long streams() {
		return this.streams.get();
	}

	/** One that was of use is followed by the next at once, any other after a pause. */
	@Override
	public void run() {
		while (!this.closed) {
			try {
				if (!wasOfUse()) {
					Thread.sleep(pause());
				}
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	/** In milliseconds; random, so that not all services come at once. */
	static long pause() {
		return ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE);
	}

	/** Whatever goes wrong, the next is tried. */
	private boolean wasOfUse() throws InterruptedException {
		try {
			Belief.Connection connection = this.belief.connect();
			follow(connection);
			tell("The stream of changes has ended", connection);
			return connection.hasProven();
		}
		catch (RuntimeException ex) {
			LOG.log(System.Logger.Level.ERROR, "The stream of changes has failed; another one is tried", ex);
			return false;
		}
	}

	private void follow(Belief.Connection connection) throws InterruptedException {
		CompletableFuture<HttpResponse<Publisher<List<ByteBuffer>>>> opening = this.client.sendAsync(this.request,
				BodyHandlers.ofPublisher());
		try {
			HttpResponse<Publisher<List<ByteBuffer>>> response = opening.get(SILENCE.toNanos(), TimeUnit.NANOSECONDS);
			ArrivingBytes bytes = new ArrivingBytes();
			response.body().subscribe(bytes);
			try {
				if (response.statusCode() == 200) {
					this.streams.incrementAndGet();
					hear(bytes, connection);
				}
				else {
					tell("The stream of changes was refused with status " + response.statusCode(), connection);
				}
			}
			finally {
				bytes.cancel();
			}
		}
		catch (ExecutionException | TimeoutException | IOException ex) {
			tell("The stream of changes has failed: " + ex, connection);
		}
		finally {
			opening.cancel(true);
		}
	}

	private void hear(ArrivingBytes bytes, Belief.Connection connection) throws IOException, InterruptedException {
		EventReader reader = new EventReader((name, data) -> hear(name, data, connection));
		Optional<byte[]> next = bytes.next(SILENCE);
		while (!this.closed && next.isPresent()) {
			reader.read(next.get());
			next = bytes.next(SILENCE);
		}
	}

	private void hear(String name, String data, Belief.Connection connection) throws UnreadableAnswerException {
		switch (name) {
			case "hello" -> {
				Fields hello = Json.object(data);
				connection.hello(hello.requireNumber("now"), hello.requireNumber("since"),
						hello.requireString("rules"));
			}
			case "mark" -> mark(Json.object(data), connection);
			case "beat" -> {
				if (!connection.beat(Json.object(data).requireNumber("proven"))) {
					throw new UnreadableAnswerException("A clock was set, or the machine slept");
				}
				this.saidSo = false;
			}
			default -> {
				// What a later version may tell.
			}
		}
	}

	private static void mark(Fields mark, Belief.Connection connection) throws UnreadableAnswerException {
		if (mark.isText("places", "*")) {
			connection.markEverything();
		}
		else {
			connection
				.mark(mark.numbers("places").orElseThrow(() -> new UnreadableAnswerException("A mark without places")));
		}
	}

	/** Once, until it is over: a stream that ends after its five minutes is no news. */
	private void tell(String what, Belief.Connection connection) {
		if (!this.saidSo && !this.closed && !connection.hasProven()) {
			this.saidSo = true;
			LOG.log(System.Logger.Level.WARNING, what + "; until it is back each token is asked about");
		}
	}

}
