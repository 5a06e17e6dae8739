package dev.latchkey.introspection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.jayway.jsonpath.JsonPath;

/**
 * A stream of changes, as a client reads it.
 */
final class FollowedChanges implements AutoCloseable {

	private static final Event END = new Event("end", "");

	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	/** Held, since one that nobody holds stops reading when it is collected. */
	private final HttpClient client = HttpClient.newHttpClient();

	private final HttpResponse<InputStream> response;

	/** Milliseconds of this side's monotonic clock, before the connection was made. */
	private final long connectedAt;

	FollowedChanges(String base, String authorization) throws IOException, InterruptedException {
		this.connectedAt = System.nanoTime() / 1_000_000;
		HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/changes"))
			.header("Authorization", authorization)
			.build();
		this.response = this.client.send(request, BodyHandlers.ofInputStream());
		Thread reader = new Thread(this::read, "changes");
		reader.setDaemon(true);
		reader.start();
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.response.body(), StandardCharsets.UTF_8))) {
			String name = "";
			String line;
			while ((line = lines.readLine()) != null) {
				if (line.startsWith("event: ")) {
					name = line.substring(7);
				}
				else if (line.startsWith("data: ")) {
					this.events.add(new Event(name, line.substring(6)));
				}
			}
		}
		catch (IOException ex) {
			// It has ended.
		}
		this.events.add(END);
	}

	int status() {
		return this.response.statusCode();
	}

	String header(String name) {
		return this.response.headers().firstValue(name).orElse(null);
	}

	long connectedAt() {
		return this.connectedAt;
	}

	/** Returns the next event, or fails after ten seconds without one. */
	Event next() throws InterruptedException {
		Event event = this.events.poll(10, TimeUnit.SECONDS);
		if (event == null) {
			throw new AssertionError("No event came");
		}
		return event;
	}

	/** Returns all events up to the first that is like that. */
	List<Event> until(Predicate<Event> wanted) throws InterruptedException {
		List<Event> seen = new ArrayList<>();
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
		do {
			seen.add(next());
			if (System.nanoTime() - deadline > 0) {
				throw new AssertionError("Nothing like it came among " + seen);
			}
		}
		while (!isLike(wanted, seen.get(seen.size() - 1)));
		return seen;
	}

	private static boolean isLike(Predicate<Event> wanted, Event event) {
		boolean like = wanted.test(event);
		if (!like && event.isEnd()) {
			throw new AssertionError("It has ended");
		}
		return like;
	}

	@Override
	public void close() throws IOException {
		this.response.body().close();
	}

	/** One event. */
	record Event(String name, String data) {

		boolean isEnd() {
			return this.name.equals("end");
		}

		boolean marks(int place) {
			return this.name.equals("mark") && !isEverything()
					&& JsonPath.<List<Integer>>read(this.data, "$.places").contains(place);
		}

		boolean isEverything() {
			return this.name.equals("mark") && this.data.equals("{\"places\":\"*\"}");
		}

		boolean isBeat() {
			return this.name.equals("beat");
		}

		long number(String field) {
			return JsonPath.<Number>read(this.data, "$." + field).longValue();
		}

	}

}
