package dev.latchkey.resourceserver;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The answers that are kept: one for every address, or one an address where it holds for
 * that alone. Of too many an eighth goes: first those that are over, then whichever. What
 * is not believed while nothing is heard is not over, and whoever has something kept is
 * asked about before strangers.
 */
final class KeptAnswers {

	private final ConcurrentHashMap<TokenKey, KeptAnswer> kept = new ConcurrentHashMap<>();

	private final Belief belief;

	private final int room;

	KeptAnswers(Belief belief, int room) {
		this.belief = belief;
		this.room = room;
	}

	/**
	 * Returns what may be believed now, or null.
	 */
	@Nullable KeptAnswer believed(TokenKey token, @Nullable String address) {
		KeptAnswer everywhere = this.kept.get(token);
		if (everywhere != null && this.belief.holds(everywhere)) {
			return everywhere;
		}
		KeptAnswer there = (address != null) ? this.kept.get(token.at(address)) : null;
		return (there != null && this.belief.holds(there)) ? there : null;
	}

	/**
	 * Returns whether anything is kept of it, whether that still holds or not.
	 */
	boolean knows(TokenKey token, @Nullable String address) {
		return this.kept.containsKey(token) || (address != null && this.kept.containsKey(token.at(address)));
	}

	void keep(TokenKey key, KeptAnswer answer) {
		if (this.kept.size() >= this.room) {
			makeRoom();
		}
		this.kept.put(key, answer);
	}

	void forget(TokenKey token, @Nullable String address) {
		this.kept.remove(token);
		if (address != null) {
			this.kept.remove(token.at(address));
		}
	}

	int size() {
		return this.kept.size();
	}

	private void makeRoom() {
		int surplus = this.kept.size() - this.room * 7 / 8;
		remove(surplus - remove(surplus, this.belief::isOver), (answer) -> true);
	}

	/** Returns how many of these there were, of so many at the most. */
	private int remove(int most, Predicate<KeptAnswer> which) {
		int removed = 0;
		Iterator<KeptAnswer> answers = this.kept.values().iterator();
		while (removed < most && answers.hasNext()) {
			if (which.test(answers.next())) {
				answers.remove();
				removed++;
			}
		}
		return removed;
	}

}
