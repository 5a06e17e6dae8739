package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

import dev.latchkey.scope.Role;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.user.User;
import dev.latchkey.user.UserChange;
import dev.latchkey.user.UserService;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many verify, issue and revoke at once, here and on another node whose listener comes
 * and goes, and the history is checked: no use that begins after a revocation was
 * answered is accepted here, nor later than the longest staleness there.
 * <p>
 * To see it fail, let {@link TokenLoader} note the moment after the query and not before:
 * an invalidation that arrives during a load is then forgotten, and within a second the
 * history has acceptances that must not be.
 */
@LatchkeyTest
class RevocationHistoryTests {

	private static final Duration LENGTH = Duration.ofSeconds(8);

	private static final Duration STALENESS = Duration.ofMillis(400);

	private static final int PLACES = 16;

	@Autowired
	private ApplicationContext context;

	@Autowired
	private TokenVerifier verifier;

	@Autowired
	private TokenRevocation revocation;

	@Autowired
	private UserService users;

	@Autowired
	private People people;

	private final AtomicReferenceArray<Life> lives = new AtomicReferenceArray<>(PLACES);

	private final Queue<String> violations = new ConcurrentLinkedQueue<>();

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicInteger revoked = new AtomicInteger();

	private volatile long end;

	@Test
	void noUseThatBeginsAfterTheAnswerIsAccepted() throws InterruptedException {
		try (Node other = new Node(this.context, null, STALENESS)) {
			List<Callable<Void>> actors = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				actors.add(() -> verify(this::acceptsHere, Duration.ZERO, "here"));
				actors.add(() -> verify(other::accepts, STALENESS, "on the other node"));
			}
			for (int i = 0; i < 3; i++) {
				User owner = this.people.user();
				actors.add(() -> issueAndRevoke(owner));
			}
			actors.add(() -> comeAndGo(other.listener()));
			this.end = System.nanoTime() + LENGTH.toNanos();
			runAll(actors);
		}
		assertThat(this.violations).isEmpty();
		assertThat(this.accepted).hasPositiveValue();
		assertThat(this.revoked).hasPositiveValue();
	}

	private Void verify(Predicate<String> acceptance, Duration grace, String where) {
		while (System.nanoTime() < this.end) {
			Life life = this.lives.get(ThreadLocalRandom.current().nextInt(PLACES));
			if (life == null) {
				Thread.onSpinWait();
				continue;
			}
			long begin = System.nanoTime();
			if (acceptance.test(life.token)) {
				this.accepted.incrementAndGet();
				long answered = life.answeredAt;
				if (answered != 0 && begin - answered > grace.toNanos()) {
					this.violations.add("%s: accepted %s after the answer to: %s".formatted(where,
							Duration.ofNanos(begin - answered), life.end));
				}
			}
		}
		return null;
	}

	private Void issueAndRevoke(User owner) {
		while (System.nanoTime() < this.end) {
			boolean disable = ThreadLocalRandom.current().nextInt(10) == 0;
			User of = disable ? this.people.user() : owner;
			IssuedToken token = this.people.token(of, "user:read");
			Life life = new Life(token.raw().reveal(), disable ? "disable" : "revoke");
			this.lives.set(ThreadLocalRandom.current().nextInt(PLACES), life);
			long wait = System.nanoTime() + ThreadLocalRandom.current().nextLong(3_000_000);
			while (System.nanoTime() < wait) {
				Thread.onSpinWait();
			}
			if (disable) {
				this.users.change(of.id(), new UserChange(null, Set.of(Role.USER), false, null), null);
			}
			else {
				this.revocation.revoke(of.id(), token.details().id(), false, RevocationCause.REQUESTED);
			}
			life.answeredAt = System.nanoTime();
			this.revoked.incrementAndGet();
		}
		return null;
	}

	private Void comeAndGo(ChangeListener listener) {
		while (System.nanoTime() < this.end) {
			long wait = System.nanoTime() + ThreadLocalRandom.current().nextLong(1_000_000_000);
			while (System.nanoTime() < wait) {
				Thread.yield();
			}
			listener.stop();
			listener.start();
		}
		return null;
	}

	private boolean acceptsHere(String token) {
		try {
			this.verifier.verify(token, InetAddress.getLoopbackAddress(), false);
			return true;
		}
		catch (TokenRefusedException ex) {
			return false;
		}
	}

	private static void runAll(List<Callable<Void>> actors) throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(actors.size());
		try {
			for (Future<Void> actor : threads.invokeAll(actors)) {
				actor.get();
			}
		}
		catch (ExecutionException ex) {
			throw new AssertionError(ex.getCause());
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** A token from its making to the answer that ended it. */
	private static final class Life {

		private final String token;

		private final String end;

		private volatile long answeredAt;

		private Life(String token, String end) {
			this.token = token;
			this.end = end;
		}

	}

}
