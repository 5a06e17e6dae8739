package dev.latchkey.net;

import jakarta.servlet.http.HttpServletRequest;

/**
 * How requests came to an application that embeds this: from where and under which name
 * it says that they did. What counts by networks is off there, since only the application
 * knows its proxies.
 */
public final class HostArrivals {

	private HostArrivals() {
	}

	/**
	 * Notes that of a request.
	 */
	public static void note(HttpServletRequest request) {
		new Arrival(IpAddress.parse(request.getRemoteAddr()).orElse(null), request.isSecure(), request.getServerName(),
				request.getServerPort(), false, true)
			.keepIn(request);
	}

}
