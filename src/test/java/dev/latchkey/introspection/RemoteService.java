package dev.latchkey.introspection;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.introspection.FollowedChanges.Event;
import dev.latchkey.introspection.RemoteVerifier.Answer;
import dev.latchkey.testing.Forms;

/**
 * A service that keeps answers: it follows the changes at one node, again whenever that
 * has ended, and asks several nodes in turn.
 */
public final class RemoteService implements AutoCloseable {

	private static final Answer NO = new Answer(false, List.of(), "", 0);

	private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(100);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final RemoteVerifier verifier = new RemoteVerifier(() -> System.nanoTime() / 1_000_000, this::ask,
			Set.of());

	private final AtomicInteger questions = new AtomicInteger();

	private final String followed;

	private final List<String> asked;

	private final String authorization;

	private final String right;

	private volatile boolean closed;

	/**
	 * Begins to follow.
	 * @param followed the address of the node that is followed
	 * @param asked the addresses of those that are asked
	 * @param authorization how the service proves itself
	 * @param right what a token needs to be accepted
	 */
	public RemoteService(String followed, List<String> asked, String authorization, String right) {
		this.followed = followed;
		this.asked = asked;
		this.authorization = authorization;
		this.right = right;
		Thread follower = new Thread(this::follow, "follower");
		follower.setDaemon(true);
		follower.start();
	}

	/**
	 * Returns whether it lets the token in.
	 */
	public boolean accepts(String token) {
		return this.verifier.accepts(token);
	}

	/**
	 * Returns how many questions it has asked.
	 */
	public int asked() {
		return this.verifier.asked();
	}

	/**
	 * Returns how many tokens it has let in without one.
	 */
	public int remembered() {
		return this.verifier.remembered();
	}

	private void follow() {
		while (!this.closed) {
			try (FollowedChanges changes = new FollowedChanges(this.followed, this.authorization)) {
				if (changes.status() == 200) {
					hear(changes);
				}
			}
			catch (IOException | AssertionError ex) {
				// Another one is tried.
			}
			catch (InterruptedException ex) {
				return;
			}
			LockSupport.parkNanos(BEFORE_NEXT_TRY.toNanos());
		}
	}

	private void hear(FollowedChanges changes) throws InterruptedException {
		Event hello = changes.next();
		if (hello.isEnd()) {
			return;
		}
		this.verifier.hello(changes.connectedAt(), hello.number("now"), hello.number("since"),
				JsonPath.read(hello.data(), "$.rules"));
		Event event = changes.next();
		while (!this.closed && !event.isEnd()) {
			if (event.isBeat()) {
				this.verifier.beat(event.number("proven"));
			}
			else if (event.isEverything()) {
				this.verifier.markAll();
			}
			else {
				this.verifier.mark(JsonPath.read(event.data(), "$.places"));
			}
			event = changes.next();
		}
	}

	/** A node that cannot tell does not have it accepted either. */
	private Answer ask(String token) {
		String node = this.asked.get(this.questions.getAndIncrement() % this.asked.size());
		HttpRequest request = HttpRequest.newBuilder(URI.create(node + "/oauth2/introspect"))
			.header("Authorization", this.authorization)
			.header("Cache-Control", "no-cache")
			.header("Content-Type", Forms.TYPE)
			.POST(BodyPublishers.ofString("token=" + token))
			.build();
		try {
			HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString());
			String body = response.body();
			if (response.statusCode() != 200 || !JsonPath.<Boolean>read(body, "$.active")
					|| !JsonPath.<String>read(body, "$.scope").contains(this.right)) {
				return NO;
			}
			return new Answer(true, JsonPath.read(body, "$.places"), JsonPath.read(body, "$.rules"),
					JsonPath.<Integer>read(body, "$.believe_s"));
		}
		catch (IOException ex) {
			return NO;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return NO;
		}
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
