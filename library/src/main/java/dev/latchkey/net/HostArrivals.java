package dev.latchkey.net;

import jakarta.servlet.http.HttpServletRequest;

/**
 * How requests came to an application that embeds this: from where and under which name
 * it says that they did. Whether that is where the client is, only the application knows,
 * which knows its proxies; until it says so, nothing is counted by networks.
 */
public final class HostArrivals {

	private HostArrivals() {
	}

	/**
	 * Notes that of a request.
	 * @param addressIsClients whether the address is that of the client
	 */
	public static void note(HttpServletRequest request, boolean addressIsClients) {
		new Arrival(IpAddress.parse(request.getRemoteAddr()).orElse(null), request.isSecure(), request.getServerName(),
				request.getServerPort(), false, !addressIsClients)
			.keepIn(request);
	}

}
