package dev.latchkey.scope;

import java.util.List;

import dev.latchkey.startup.StartupFailure;

/**
 * Stops the start-up because of a route about whose right nobody has decided.
 */
class UndecidedRouteException extends StartupFailure {

	private static final long serialVersionUID = 1L;

	UndecidedRouteException(List<String> routes) {
		super(routes);
	}

}
