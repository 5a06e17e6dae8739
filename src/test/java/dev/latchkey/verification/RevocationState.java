package dev.latchkey.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * A state of {@link RevocationModel}: what the database knows, what stands in the memory
 * of the node, and what is on the way to it.
 *
 * @param revocation how far the revocation has come
 * @param node the memory of the node
 * @param listener how the node hears
 * @param uses the requests that present the token
 */
record RevocationState(Revocation revocation, Node node, Listener listener, List<Use> uses) {

	/** Stands where no moment was made or noted. */
	static final int NO_MOMENT = -1;

	RevocationState with(Revocation changed) {
		return new RevocationState(changed, this.node, this.listener, this.uses);
	}

	RevocationState with(Node changed) {
		return new RevocationState(this.revocation, changed, this.listener, this.uses);
	}

	RevocationState with(Listener changed) {
		return new RevocationState(this.revocation, this.node, changed, this.uses);
	}

	RevocationState with(int which, Use changed) {
		List<Use> all = new ArrayList<>(this.uses);
		all.set(which, changed);
		return new RevocationState(this.revocation, this.node, this.listener, List.copyOf(all));
	}

	/**
	 * Returns the same state with its moments numbered from 0. A moment is only ever
	 * compared with one that was noted, or is about to be noted or left as a mark, so
	 * that a mark may rise to the next of those.
	 */
	RevocationState tidied() {
		TreeSet<Integer> compared = new TreeSet<>(
				List.of(this.node.moment(), this.revocation.counted(), this.listener.counted()));
		if (this.node.kept() != null) {
			compared.add(this.node.kept().moment());
		}
		this.uses.forEach((use) -> compared.add(use.held().moment()));
		compared.remove(NO_MOMENT);
		Numbers numbers = (moment) -> (moment != NO_MOMENT) ? compared.headSet(moment).size() : NO_MOMENT;
		return new RevocationState(this.revocation.numbered(numbers), this.node.numbered(numbers),
				this.listener.numbered(numbers), this.uses.stream().map((use) -> use.numbered(numbers)).toList());
	}

	/** New numbers for moments. */
	private interface Numbers {

		int of(int moment);

	}

	/** What is done for a revocation. */
	enum Stage {

		AWAITED, COMMITTED, COUNTED, MARKED, ANSWERED

	}

	/**
	 * How far the revocation has come.
	 *
	 * @param stage what was done last
	 * @param committed whether the row says so
	 * @param age for how long it has
	 * @param counted the moment that was made for the mark that is to be left here
	 */
	record Revocation(Stage stage, boolean committed, int age, int counted) {

		private Revocation numbered(Numbers numbers) {
			return new Revocation(this.stage, this.committed, this.age, numbers.of(this.counted));
		}

	}

	/**
	 * A token that was loaded.
	 *
	 * @param moment the moment that was noted for it
	 * @param good whether the database said that it is good
	 */
	record Loaded(int moment, boolean good) {

		static final Loaded NOTHING = new Loaded(NO_MOMENT, false);

		private Loaded numbered(Numbers numbers) {
			return new Loaded(numbers.of(this.moment), this.good);
		}

	}

	/**
	 * The memory of a node.
	 *
	 * @param moment the counter
	 * @param mark the moment that stands at the token
	 * @param everything the moment that stands at everything
	 * @param kept what was loaded last
	 */
	record Node(int moment, int mark, int everything, @Nullable Loaded kept) {

		Node counted() {
			return new Node(this.moment + 1, this.mark, this.everything, this.kept);
		}

		Node marked(int at) {
			return new Node(this.moment, Math.max(this.mark, at), this.everything, this.kept);
		}

		Node allMarked(int at) {
			return new Node(this.moment, this.mark, at, this.kept);
		}

		Node keeping(@Nullable Loaded loaded) {
			return new Node(this.moment, this.mark, this.everything, loaded);
		}

		private Node numbered(Numbers numbers) {
			return new Node(numbers.of(this.moment), numbers.of(this.mark), numbers.of(this.everything),
					(this.kept != null) ? this.kept.numbered(numbers) : null);
		}

	}

	/** What a connection brings. */
	enum Message {

		CHANGE, GREETING, BEAT

	}

	/** What a listener does next. */
	enum Phase {

		CONNECT, COUNT_EVERYTHING, MARK_EVERYTHING, LISTEN_LATE, GREET, TAKE_THE_TIME, BEAT, HEAR, MARK

	}

	/**
	 * The listener of a node, its connection included.
	 *
	 * @param phase what it does next
	 * @param proof the age of its proof
	 * @param sent the age of the time that it took before the last beat
	 * @param counted the moment that was made for the mark that it is to leave
	 * @param line its connection
	 */
	record Listener(Phase phase, int proof, int sent, int counted, Line line) {

		static Listener away(int proof) {
			return new Listener(Phase.CONNECT, proof, 0, NO_MOMENT, Line.NONE);
		}

		Listener then(Phase next) {
			return new Listener(next, this.proof, this.sent, this.counted, this.line);
		}

		Listener counting(int moment) {
			return new Listener(this.phase, this.proof, this.sent, moment, this.line);
		}

		Listener aged(int proofAge, int sentAge) {
			return new Listener(this.phase, proofAge, sentAge, this.counted, this.line);
		}

		Listener over(Line changed) {
			return new Listener(this.phase, this.proof, this.sent, this.counted, changed);
		}

		private Listener numbered(Numbers numbers) {
			return counting(numbers.of(this.counted));
		}

	}

	/**
	 * A listener's connection.
	 *
	 * @param listening whether the server sends what is told
	 * @param elsewhere whether it leads to another database
	 * @param greeted whether the greeting has come
	 * @param heard whether the last beat has come
	 * @param underWay what was told and has not come yet, in order
	 */
	record Line(boolean listening, boolean elsewhere, boolean greeted, boolean heard, List<Message> underWay) {

		static final Line NONE = new Line(false, false, false, false, List.of());

		Line listeningNow() {
			return new Line(true, this.elsewhere, this.greeted, this.heard, this.underWay);
		}

		Line beforeABeat() {
			return new Line(this.listening, this.elsewhere, this.greeted, false, this.underWay);
		}

		/**
		 * Only who listens is told, and of another database nothing but his own beats.
		 */
		Line told(Message message) {
			if (!this.listening || this.elsewhere && message != Message.BEAT) {
				return this;
			}
			List<Message> more = new ArrayList<>(this.underWay);
			more.add(message);
			return new Line(this.listening, this.elsewhere, this.greeted, this.heard, List.copyOf(more));
		}

		Line heard(int which) {
			List<Message> rest = new ArrayList<>(this.underWay);
			Message message = rest.remove(which);
			return new Line(this.listening, this.elsewhere, this.greeted || message == Message.GREETING,
					this.heard || message == Message.BEAT, List.copyOf(rest));
		}

	}

	/** What a request does next. */
	enum Doing {

		COME, ASK_FOR_PROOF, LOOK, COMPARE_EVERYTHING, COMPARE_THE_TOKEN, NOTE_THE_MOMENT, QUERY, KEEP

	}

	/**
	 * A request that presents the token.
	 *
	 * @param doing what it does next
	 * @param late whether it came when the token must not be accepted any more
	 * @param held what it found or loaded
	 */
	record Use(Doing doing, boolean late, Loaded held) {

		static final Use NONE = new Use(Doing.COME, false, Loaded.NOTHING);

		Use then(Doing next) {
			return new Use(next, this.late, this.held);
		}

		Use holding(Loaded loaded, Doing next) {
			return new Use(next, this.late, loaded);
		}

		private Use numbered(Numbers numbers) {
			return holding(this.held.numbered(numbers), this.doing);
		}

	}

}
