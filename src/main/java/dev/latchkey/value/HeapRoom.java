package dev.latchkey.value;

/**
 * How much a node may remember, so that a small heap keeps its room for requests. What is
 * full of what was used lately is collected again and again, and each collection holds
 * everybody.
 */
public final class HeapRoom {

	private HeapRoom() {
	}

	/**
	 * Returns how many entries there is room for.
	 * @param most never more than so many
	 * @param bytesOfHeap one for each so many bytes that the heap may grow to: several
	 * times what it takes, for others have theirs
	 */
	public static int entries(int most, int bytesOfHeap) {
		return entries(most, bytesOfHeap, Runtime.getRuntime().maxMemory());
	}

	static int entries(int most, int bytesOfHeap, long heap) {
		return (int) Math.max(1, Math.min(most, heap / bytesOfHeap));
	}

}
