package dev.latchkey.scope;

import org.springframework.security.access.AccessDeniedException;

/**
 * Says that a token is asked about in front of a service to which it is not bound.
 */
public class WrongResourceException extends AccessDeniedException {

	private static final long serialVersionUID = 1L;

	/**
	 * Says so; which service it was, the proxy knows.
	 */
	public WrongResourceException() {
		super("The token is not bound to this resource");
	}

}
