package dev.latchkey.token;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

import org.springframework.stereotype.Component;

/**
 * Deletes many rows so that requests never wait for it: a batch at a time, each a
 * statement and a transaction of its own, with a rest after it for as long as it worked.
 */
@Component
public class PruneBatches {

	private final TokenProperties properties;

	PruneBatches(TokenProperties properties) {
		this.properties = properties;
	}

	/**
	 * Goes on until a batch finds fewer rows than it may.
	 * @param batch looks for at most so many rows, and deletes those that are old enough
	 * @return how many rows were deleted
	 */
	public long run(IntFunction<Done> batch) {
		int size = this.properties.prune().batchSize();
		long pruned = 0;
		Done done;
		do {
			long begin = System.nanoTime();
			done = batch.apply(size);
			pruned += done.pruned();
			LockSupport.parkNanos(System.nanoTime() - begin);
		}
		while (done.found() == size);
		return pruned;
	}

	/**
	 * What a batch has done.
	 *
	 * @param found how many rows it has looked at
	 * @param pruned how many of them it has deleted
	 */
	public record Done(int found, int pruned) {

		/**
		 * Returns what a batch has done that looks at what it deletes alone.
		 */
		public static Done all(int pruned) {
			return new Done(pruned, pruned);
		}

	}

}
