package dev.latchkey.verification;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import dev.latchkey.verification.RevocationState.Doing;
import dev.latchkey.verification.RevocationState.Line;
import dev.latchkey.verification.RevocationState.Listener;
import dev.latchkey.verification.RevocationState.Loaded;
import dev.latchkey.verification.RevocationState.Message;
import dev.latchkey.verification.RevocationState.Node;
import dev.latchkey.verification.RevocationState.Phase;
import dev.latchkey.verification.RevocationState.Revocation;
import dev.latchkey.verification.RevocationState.Stage;
import dev.latchkey.verification.RevocationState.Use;

/**
 * The rules by which a revoked token stops to be believed, as steps from one small state
 * to the next ones: what {@link Invalidations}, {@link VerifiedTokenCache},
 * {@link TokenLoader}, {@link LocalChanges}, {@link ChangeListener} and
 * {@link ListenerPulse} do to one token ({@code docs/proofs}).
 */
final class RevocationModel {

	/** How long a proof holds, in the ticks of the model's clock. */
	static final int STALENESS = 2;

	/** Too old, however old: that keeps the states finite without an end of time. */
	private static final int STALE = STALENESS + 1;

	private final Place place;

	private final int bound;

	private final int uses;

	private final Set<Rule> broken;

	/**
	 * Makes a model.
	 * @param place the node at which the token is presented
	 * @param bound how long after the commit a use may come to the other node and be
	 * accepted
	 * @param uses how many requests are under way at once
	 * @param broken the rules that are not kept
	 */
	RevocationModel(Place place, int bound, int uses, Set<Rule> broken) {
		this.place = place;
		this.bound = bound;
		this.uses = uses;
		this.broken = broken;
	}

	RevocationState start() {
		return new RevocationState(new Revocation(Stage.AWAITED, false, 0, RevocationState.NO_MOMENT),
				new Node(0, 0, 0, null), Listener.away(STALE), Collections.nCopies(this.uses, Use.NONE));
	}

	/**
	 * Tells each step that can come next. Whoever could take one need not: that is how a
	 * message is late and how a node stands still.
	 */
	void steps(RevocationState state, Consumer<Step> next) {
		revoke(state, next);
		if (this.place == Place.THE_OTHER_NODE) {
			next.accept(new Step("time passes", older(state)));
			listen(state, next);
		}
		for (int i = 0; i < state.uses().size(); i++) {
			use(state, i, next);
		}
	}

	private boolean keeps(Rule rule) {
		return !this.broken.contains(rule);
	}

	private static RevocationState older(RevocationState state) {
		Revocation revocation = state.revocation();
		Listener listener = state.listener();
		int age = revocation.committed() ? older(revocation.age()) : 0;
		boolean timed = listener.phase().compareTo(Phase.TAKE_THE_TIME) > 0;
		return state.with(new Revocation(revocation.stage(), revocation.committed(), age, revocation.counted()))
			.with(listener.aged(older(listener.proof()), timed ? older(listener.sent()) : 0));
	}

	private static int older(int age) {
		return Math.min(age + 1, STALE);
	}

	private void revoke(RevocationState state, Consumer<Step> next) {
		Revocation before = state.revocation();
		List<Stage> order = stages();
		int done = order.indexOf(before.stage());
		if (done == order.size() - 1) {
			return;
		}
		Stage stage = order.get(done + 1);
		Node counted = state.node().counted();
		RevocationState after = switch (stage) {
			case COMMITTED -> state.with(state.listener().over(state.listener().line().told(Message.CHANGE)));
			case COUNTED -> state.with(counted);
			case MARKED -> state.with(marked(state.node(), before.counted()));
			case AWAITED, ANSWERED -> state;
		};
		Revocation revocation = new Revocation(stage, before.committed() || stage == Stage.COMMITTED, before.age(),
				(stage == Stage.COUNTED) ? counted.moment() : RevocationState.NO_MOMENT);
		next.accept(new Step("the revocation is " + text(stage), after.with(revocation)));
	}

	private List<Stage> stages() {
		if (this.place == Place.THE_OTHER_NODE) {
			return List.of(Stage.AWAITED, Stage.COMMITTED);
		}
		if (!keeps(Rule.MARK_AFTER_COMMIT)) {
			return List.of(Stage.AWAITED, Stage.COUNTED, Stage.MARKED, Stage.COMMITTED, Stage.ANSWERED);
		}
		if (!keeps(Rule.MARK_BEFORE_ANSWER)) {
			return List.of(Stage.AWAITED, Stage.COMMITTED, Stage.ANSWERED, Stage.COUNTED, Stage.MARKED);
		}
		return List.of(Stage.AWAITED, Stage.COMMITTED, Stage.COUNTED, Stage.MARKED, Stage.ANSWERED);
	}

	private Node marked(Node node, int moment) {
		return keeps(Rule.DOUBT_AND_DO_NOT_REMOVE) ? node.marked(moment) : node.keeping(null);
	}

	private void listen(RevocationState state, Consumer<Step> next) {
		Listener listener = state.listener();
		Node node = state.node();
		Line line = listener.line();
		Node counted = node.counted();
		switch (listener.phase()) {
			case CONNECT -> {
				next.accept(new Step("the listener connects", state.with(connected(listener, false))));
				next.accept(
						new Step("the listener connects to another database", state.with(connected(listener, true))));
			}
			case COUNT_EVERYTHING -> next.accept(new Step("the listener counts for everything",
					state.with(counted).with(listener.counting(counted.moment()).then(Phase.MARK_EVERYTHING))));
			case MARK_EVERYTHING -> next.accept(new Step("the listener marks everything",
					state.with(node.allMarked(listener.counted()))
						.with(listener.counting(RevocationState.NO_MOMENT)
							.then(line.listening() ? Phase.GREET : Phase.LISTEN_LATE))));
			case LISTEN_LATE -> next.accept(
					new Step("the listener listens", state.with(listener.over(line.listeningNow()).then(Phase.GREET))));
			case GREET -> next.accept(new Step("a greeting is sent through the pool",
					state.with(listener.over(line.told(Message.GREETING)).then(Phase.TAKE_THE_TIME))));
			case TAKE_THE_TIME -> next.accept(new Step("the listener takes the time",
					state.with(listener.over(line.beforeABeat()).aged(listener.proof(), 0).then(Phase.BEAT))));
			case BEAT -> next.accept(new Step("the listener sends a beat",
					state.with(listener.over(line.told(Message.BEAT)).then(Phase.HEAR))));
			case HEAR -> hear(state, next);
			case MARK ->
				next.accept(new Step("the listener marks the token", state.with(marked(node, listener.counted()))
					.with(listener.counting(RevocationState.NO_MOMENT).then(Phase.HEAR))));
		}
		if (listener.phase() != Phase.CONNECT) {
			// The proof stays: the bound does not rest on anybody noticing the loss.
			next.accept(new Step("the connection is lost, with all that is under way",
					state.with(Listener.away(listener.proof()))));
		}
	}

	private Listener connected(Listener listener, boolean elsewhere) {
		Line line = new Line(keeps(Rule.LISTEN_BEFORE_DOUBTING), elsewhere, false, false, List.of());
		return listener.over(line)
			.then(keeps(Rule.DOUBT_EVERYTHING_AFTER_CONNECTING) ? Phase.COUNT_EVERYTHING : Phase.GREET);
	}

	private void hear(RevocationState state, Consumer<Step> next) {
		Listener listener = state.listener();
		Line line = listener.line();
		int within = keeps(Rule.BEATS_IN_ONE_QUEUE_WITH_CHANGES) ? Math.min(1, line.underWay().size())
				: line.underWay().size();
		for (int i = 0; i < within; i++) {
			Message message = line.underWay().get(i);
			String what = "the listener hears the " + text(message);
			RevocationState after = state.with(listener.over(line.heard(i)));
			if (message == Message.CHANGE) {
				Node counted = state.node().counted();
				after = after.with(counted).with(after.listener().counting(counted.moment()).then(Phase.MARK));
			}
			next.accept(new Step(what, after));
		}
		if (line.heard() && (line.greeted() || !keeps(Rule.GREETING_BEFORE_PROOF))) {
			int proof = keeps(Rule.PROOF_AS_OLD_AS_ITS_BEAT) ? listener.sent() : 0;
			next.accept(new Step("that is a proof", state.with(listener.aged(proof, listener.sent()))));
			next.accept(new Step("the next beat is due",
					state.with(listener.aged(listener.proof(), 0).then(Phase.TAKE_THE_TIME))));
		}
	}

	private void use(RevocationState state, int which, Consumer<Step> next) {
		Use use = state.uses().get(which);
		switch (use.doing()) {
			case COME -> {
				Use come = new Use(keeps(Rule.PROOF_BEFORE_MARKS) ? Doing.ASK_FOR_PROOF : Doing.LOOK, isLate(state),
						Loaded.NOTHING);
				next.accept(step(come.late() ? "comes too late to be accepted" : "comes", state, which, come));
			}
			case ASK_FOR_PROOF -> next.accept(askForProof(state, which));
			case LOOK -> {
				Loaded kept = state.node().kept();
				next.accept(step("looks into the memory", state, which,
						(kept != null) ? use.holding(kept, Doing.COMPARE_EVERYTHING) : load(use)));
			}
			case COMPARE_EVERYTHING -> next.accept(step("compares with everything's mark", state, which,
					(state.node().everything() > use.held().moment()) ? load(use) : use.then(Doing.COMPARE_THE_TOKEN)));
			case COMPARE_THE_TOKEN -> next.accept(compare(state, which));
			case NOTE_THE_MOMENT -> {
				Loaded noted = new Loaded(state.node().moment(), use.held().good());
				next.accept(step("notes the moment", state, which,
						use.holding(noted, keeps(Rule.MOMENT_BEFORE_QUERY) ? Doing.QUERY : Doing.KEEP)));
				join(state, which, next);
			}
			case QUERY -> {
				Loaded loaded = new Loaded(use.held().moment(), !state.revocation().committed());
				next.accept(step("is told that the token is " + (loaded.good() ? "good" : "revoked"), state, which,
						use.holding(loaded, keeps(Rule.MOMENT_BEFORE_QUERY) ? Doing.KEEP : Doing.NOTE_THE_MOMENT)));
			}
			case KEEP -> next.accept(judge(state.with(state.node().keeping(use.held())), which));
		}
	}

	private boolean isLate(RevocationState state) {
		if (this.place == Place.THE_OTHER_NODE) {
			return state.revocation().age() > this.bound;
		}
		return stages().indexOf(state.revocation().stage()) >= stages().indexOf(Stage.ANSWERED);
	}

	private Step askForProof(RevocationState state, int which) {
		Use use = state.uses().get(which);
		// Whatever the revoking node heard could only take belief away: its proof is
		// taken for fresh at all times.
		if (this.place == Place.THE_OTHER_NODE && state.listener().proof() > STALENESS) {
			return step("finds no fresh proof", state, which, load(use));
		}
		return keeps(Rule.PROOF_BEFORE_MARKS) ? step("finds a fresh proof", state, which, use.then(Doing.LOOK))
				: judge(state, which);
	}

	private Step compare(RevocationState state, int which) {
		Use use = state.uses().get(which);
		if (state.node().mark() > use.held().moment()) {
			return step("compares with the token's mark", state, which, load(use));
		}
		return keeps(Rule.PROOF_BEFORE_MARKS) ? judge(state, which)
				: step("compares with the token's mark", state, which, use.then(Doing.ASK_FOR_PROOF));
	}

	private Use load(Use use) {
		return use.holding(Loaded.NOTHING, keeps(Rule.MOMENT_BEFORE_QUERY) ? Doing.NOTE_THE_MOMENT : Doing.QUERY);
	}

	/** What must not be: somebody takes what another one's query has found already. */
	private void join(RevocationState state, int which, Consumer<Step> next) {
		if (!keeps(Rule.NOBODY_JOINS_A_QUERY_THAT_RUNS)) {
			state.uses()
				.stream()
				.filter((other) -> other.doing() == Doing.KEEP)
				.forEach((other) -> next.accept(step("takes what another use was told", state, which,
						state.uses().get(which).holding(other.held(), Doing.KEEP))));
		}
	}

	private static Step judge(RevocationState state, int which) {
		Use use = state.uses().get(which);
		boolean good = use.held().good();
		return new Step("a use is " + (good ? "accepted" : "refused"), state.with(which, Use.NONE), good && use.late());
	}

	private static Step step(String what, RevocationState state, int which, Use changed) {
		return new Step("a use " + what, state.with(which, changed));
	}

	private static String text(Enum<?> name) {
		return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	/**
	 * Where the token is presented. The nodes share the row and the clock and nothing
	 * else, so that each is gone through alone.
	 */
	enum Place {

		/** The node that revokes: the bound is the answer to the revocation. */
		THE_REVOKING_NODE,

		/** A node that hears of it by its listener: the bound is a time. */
		THE_OTHER_NODE

	}

	/** What the code keeps to. */
	enum Rule {

		MOMENT_BEFORE_QUERY(Place.THE_REVOKING_NODE), MARK_AFTER_COMMIT(Place.THE_REVOKING_NODE),
		MARK_BEFORE_ANSWER(Place.THE_REVOKING_NODE), DOUBT_AND_DO_NOT_REMOVE(Place.THE_REVOKING_NODE),
		NOBODY_JOINS_A_QUERY_THAT_RUNS(Place.THE_REVOKING_NODE), PROOF_BEFORE_MARKS(Place.THE_OTHER_NODE),
		PROOF_AS_OLD_AS_ITS_BEAT(Place.THE_OTHER_NODE), BEATS_IN_ONE_QUEUE_WITH_CHANGES(Place.THE_OTHER_NODE),
		GREETING_BEFORE_PROOF(Place.THE_OTHER_NODE), DOUBT_EVERYTHING_AFTER_CONNECTING(Place.THE_OTHER_NODE),
		LISTEN_BEFORE_DOUBTING(Place.THE_OTHER_NODE);

		private final Place missed;

		Rule(Place missed) {
			this.missed = missed;
		}

		/**
		 * Returns the node at which something goes wrong without the rule.
		 */
		Place missed() {
			return this.missed;
		}

	}

	/**
	 * A step.
	 *
	 * @param what what is done
	 * @param after the state after it
	 * @param wrong whether a token was accepted that must not be
	 */
	record Step(String what, RevocationState after, boolean wrong) {

		Step {
			after = after.tidied();
		}

		Step(String what, RevocationState after) {
			this(what, after, false);
		}

	}

}
