package dev.latchkey.client;

/**
 * Says that the document of a client is not there, or not one that this server takes.
 */
public final class DocumentRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean undecided;

	private DocumentRefusedException(String message, boolean undecided) {
		super(message, null, false, false);
		this.undecided = undecided;
	}

	/** Refuses what the document, or its address, says. */
	static DocumentRefusedException of(String message) {
		return new DocumentRefusedException(message, false);
	}

	/** Says that nobody knows what it says. */
	static DocumentRefusedException undecided(String message) {
		return new DocumentRefusedException(message, true);
	}

	/**
	 * Returns whether it may be another time: nobody has read the document.
	 */
	public boolean isUndecided() {
		return this.undecided;
	}

}
