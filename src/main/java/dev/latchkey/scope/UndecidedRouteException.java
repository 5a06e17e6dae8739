package dev.latchkey.scope;

/**
 * Stops the start-up because of a route about whose right nobody has decided.
 */
class UndecidedRouteException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	UndecidedRouteException(String message) {
		super(message);
	}

}
