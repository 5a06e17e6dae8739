package dev.latchkey.limit;

import dev.latchkey.net.Arrival;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The network that the request under way counts against.
 */
final class ClientNetwork {

	/** An address that cannot be read is in none that anybody has signed in from. */
	static final String UNKNOWN = "unknown";

	private ClientNetwork() {
	}

	/**
	 * Returns the network, or null where all clients seem to come from one.
	 */
	static @Nullable String current() {
		if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request)) {
			return UNKNOWN;
		}
		if (Arrival.isBehindUnnamedProxy(request.getRequest())) {
			return null;
		}
		String network = Arrival.network(request.getRequest());
		return (network != null) ? network : UNKNOWN;
	}

}
