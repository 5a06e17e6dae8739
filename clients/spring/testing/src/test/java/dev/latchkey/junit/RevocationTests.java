package dev.latchkey.junit;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import dev.latchkey.resourceserver.TokenVerifier;
import dev.latchkey.resourceserver.Verdict;
import dev.latchkey.resourceserver.VerifierSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service in front of two real nodes behind a balancer: whatever happens to what lies
 * between, a revoked token is refused within two seconds, and what nobody can tell is no
 * refusal.
 */
class RevocationTests {

	private static final Duration BOUND = Duration.ofSeconds(2);

	private static LatchkeyServer server;

	private static URI other;

	private Balancer balancer;

	private TokenVerifier verifier;

	@BeforeAll
	static void start() {
		server = LatchkeyServer.start();
		other = server.startNode();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void follow() throws Exception {
		this.balancer = new Balancer(List.of(server.address(), other));
		this.verifier = new TokenVerifier(
				VerifierSettings.of(this.balancer.address(), server.clientId(), server.clientSecret()));
		this.verifier.start();
		awaitBelief();
	}

	@AfterEach
	void leave() throws Exception {
		this.verifier.close();
		this.balancer.close();
	}

	@Test
	void whatIsRevokedIsRefused() {
		for (int i = 0; i < 5; i++) {
			String token = remembered();
			assertThat(lastAcceptance(token)).isLessThan(BOUND);
		}
	}

	@Test
	void aStreamThatIsCutComesBackAndForgetsNothing() {
		String token = remembered();
		long asked = this.verifier.state().asked();
		long streams = this.verifier.state().streams();
		this.balancer.cut();
		await().atMost(Duration.ofSeconds(20)).until(() -> this.verifier.state().streams() > streams);
		awaitBelief();
		assertThat(isAccepted(token)).isTrue();
		assertThat(this.verifier.state().asked()).isEqualTo(asked);
		assertThat(lastAcceptance(token)).isLessThan(BOUND);
	}

	@Test
	void whileLatchkeyIsOutOfReachBeliefEndsAndNobodyIsRefused() {
		String token = remembered();
		this.balancer.refuse(true);
		long begin = System.nanoTime();
		await().atMost(Duration.ofSeconds(20))
			.until(() -> this.verifier.verify(token, "127.0.0.1") instanceof Verdict.Undecided);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND.plusSeconds(5));
		this.balancer.refuse(false);
		await().atMost(Duration.ofSeconds(20)).until(() -> isAccepted(token));
	}

	@Test
	void whatIsHeldBackProvesNothing() {
		String token = remembered();
		this.balancer.hold(true);
		server.revoke(token);
		long revoked = System.nanoTime();
		Duration last = Duration.ZERO;
		while (System.nanoTime() - revoked < Duration.ofSeconds(5).toNanos()) {
			if (this.verifier.verify(token, "127.0.0.1") instanceof Verdict.Accepted) {
				last = Duration.ofNanos(System.nanoTime() - revoked);
			}
		}
		this.balancer.hold(false);
		assertThat(last).isLessThan(BOUND.plusMillis(200));
		await().atMost(Duration.ofSeconds(20))
			.until(() -> this.verifier.verify(token, "127.0.0.1") instanceof Verdict.Refused);
	}

	private Duration lastAcceptance(String token) {
		server.revoke(token);
		long revoked = System.nanoTime();
		long last = revoked;
		long now = revoked;
		while (isAccepted(token)) {
			last = now;
			now = System.nanoTime();
		}
		return Duration.ofNanos(last - revoked);
	}

	private String remembered() {
		String token = server.token("user:read");
		long made = System.nanoTime();
		// What tells of the new token is in force by then, and marks it no more.
		await().atMost(Duration.ofSeconds(20)).until(() -> {
			long since = System.nanoTime() - made;
			Duration age = this.verifier.state().proofAge();
			return age != null && age.toNanos() < since;
		});
		await().atMost(Duration.ofSeconds(20)).until(() -> {
			long asked = this.verifier.state().asked();
			assertThat(isAccepted(token)).isTrue();
			return this.verifier.state().asked() == asked;
		});
		return token;
	}

	private boolean isAccepted(String token) {
		return this.verifier.verify(token, "127.0.0.1") instanceof Verdict.Accepted;
	}

	private void awaitBelief() {
		await().atMost(Duration.ofSeconds(30)).until(() -> this.verifier.state().isFollowing());
	}

}
