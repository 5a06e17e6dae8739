package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many verify, issue and revoke at once, here and on another node whose listener comes
 * and goes, and the history is checked.
 * <p>
 * To see it fail, let {@link TokenLoader} note the moment after the query and not before:
 * an invalidation that arrives during a load is then forgotten, and the history has
 * acceptances that must not be.
 */
@LatchkeyTest
class RevocationHistoryTests {

	private static final int ENDS = 100;

	private static final Duration STALENESS = Duration.ofMillis(400);

	private static final String HERE = "this node";

	private static final String THERE = "the other node";

	@Autowired
	private ApplicationContext context;

	@Autowired
	private TokenVerifier verifier;

	@Autowired
	private TokenRevocation revocation;

	@Autowired
	private People people;

	private final History history = new History(STALENESS);

	@Test
	void noUseThatBeginsAfterTheAnswerIsAccepted() throws InterruptedException {
		try (Node other = new Node(this.context, null, STALENESS)) {
			List<History.Step> steps = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				steps.add(() -> use(HERE, this::acceptsHere));
				steps.add(() -> use(THERE, other::accepts));
			}
			for (int i = 0; i < 4; i++) {
				User owner = this.people.user();
				steps.add(() -> issueAndRevoke(owner));
			}
			User disabled = this.people.user();
			steps.add(() -> issueAndDisable(disabled));
			steps.add(() -> comeAndGo(other.listener()));
			this.history.run(Duration.ofSeconds(8), ENDS, steps);
		}
		assertThat(this.history.violations()).isEmpty();
		assertThat(this.history.ends().keySet()).containsExactlyInAnyOrder("revoked", "disabled");
		assertThat(this.history.endsInAll()).isGreaterThanOrEqualTo(ENDS);
	}

	/** With a breath, so that uses from memory leave revokers and database their time. */
	private void use(String node, History.Use use) throws Exception {
		this.history.use(node, use);
		History.pause(Duration.ofNanos(100_000));
	}

	private void issueAndRevoke(User owner) {
		IssuedToken token = this.people.token(owner, "user:read");
		History.Life life = this.history.begin(token.raw().reveal(), "revoked", HERE);
		this.revocation.revoke(Actor.account(owner.id()), owner.id(), token.details().id(), false,
				RevocationCause.REQUESTED);
		this.history.ended(life);
	}

	private void issueAndDisable(User owner) {
		History.Life life = this.history.begin(this.people.raw(owner, "user:read"), "disabled", HERE);
		this.people.disable(owner);
		this.history.ended(life);
		this.people.enable(owner);
	}

	private void comeAndGo(ChangeListener listener) {
		History.pause(Duration.ofSeconds(1));
		listener.stop();
		listener.start();
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

}
