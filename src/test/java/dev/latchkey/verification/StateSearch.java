package dev.latchkey.verification;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Visits every state of a {@link RevocationModel}, the nearest first, until a step is
 * wrong.
 */
final class StateSearch {

	private final List<RevocationState> states = new ArrayList<>();

	private final List<Way> ways = new ArrayList<>();

	private final Map<RevocationState, Integer> known = new HashMap<>();

	private final List<String> failure = new ArrayList<>();

	private long steps;

	StateSearch(RevocationModel model) {
		visit(model.start().tidied(), new Way(-1, ""));
		for (int i = 0; i < this.states.size() && this.failure.isEmpty(); i++) {
			int from = i;
			model.steps(this.states.get(i), (step) -> take(from, step));
		}
	}

	int states() {
		return this.states.size();
	}

	long steps() {
		return this.steps;
	}

	/**
	 * Returns the shortest way to a step that is wrong, or nothing if there is none.
	 */
	List<String> failure() {
		return this.failure;
	}

	private void take(int from, RevocationModel.Step step) {
		this.steps++;
		Way way = new Way(from, step.what());
		if (!step.wrong()) {
			visit(step.after(), way);
		}
		else if (this.failure.isEmpty()) {
			for (Way back = way; back.from() >= 0; back = this.ways.get(back.from())) {
				this.failure.add(back.step());
			}
			Collections.reverse(this.failure);
		}
	}

	private void visit(RevocationState state, Way way) {
		if (this.known.putIfAbsent(state, this.states.size()) == null) {
			this.states.add(state);
			this.ways.add(way);
		}
	}

	/** The state and the step by which a state was reached first. */
	private record Way(int from, String step) {

	}

}
