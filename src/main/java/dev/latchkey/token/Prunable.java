package dev.latchkey.token;

/**
 * Deletes what is old enough, in {@link PruneBatches}. Every one of them is called by the
 * daily run.
 */
public interface Prunable {

	/**
	 * Deletes what is old enough now.
	 * @return how many rows were deleted
	 */
	long prune();

}
