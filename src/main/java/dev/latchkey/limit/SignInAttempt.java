package dev.latchkey.limit;

import java.util.List;

import dev.latchkey.limit.SignInStore.Count;

/**
 * A password that is being compared. One that was closed without having been decided
 * counts as none.
 */
public final class SignInAttempt implements AutoCloseable {

	private final SignInLimits limits;

	private final SignInKeys keys;

	private final List<Count> counts;

	private boolean decided;

	SignInAttempt(SignInLimits limits, SignInKeys keys, List<Count> counts) {
		this.limits = limits;
		this.keys = keys;
		this.counts = counts;
	}

	/**
	 * Counts it as a failure.
	 */
	public void failed() {
		if (!this.decided && !this.counts.isEmpty()) {
			this.limits.failed(this.counts);
			this.decided = true;
		}
	}

	/**
	 * Forgets the failures of the account from this network, which is known from now on.
	 * @param elsewhere what is done, in the same transaction, if it was not known and
	 * another one is
	 */
	public void succeeded(Runnable elsewhere) {
		if (!this.decided) {
			this.limits.succeeded(this.keys, this.counts, elsewhere);
			this.decided = true;
		}
	}

	@Override
	public void close() {
		if (!this.decided && !this.counts.isEmpty()) {
			this.limits.withdrawn(this.counts);
			this.decided = true;
		}
	}

}
