package dev.latchkey.caller;

import org.springframework.security.access.AccessDeniedException;

/**
 * Says why a caller may not give a right. The reason is about the caller and what he asks
 * for alone, so that he may hear it.
 */
public class GivingDeniedException extends AccessDeniedException {

	private static final long serialVersionUID = 1L;

	/**
	 * Says so.
	 * @param reason a sentence
	 */
	public GivingDeniedException(String reason) {
		super(reason);
	}

	/**
	 * Returns the reason, a sentence.
	 */
	public String reason() {
		return String.valueOf(getMessage());
	}

}
