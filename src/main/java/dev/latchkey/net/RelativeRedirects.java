package dev.latchkey.net;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * Sends a client on within this server by the path alone (RFC 9110 section 10.2.2), in
 * every version of HTTP: the container makes an absolute address out of a relative one
 * for HTTP/1.0, and a library may write one itself, of the name and the port by which a
 * proxy asked. Where the client is, the client knows best.
 * <p>
 * An address of somebody else goes into the header {@code Location} as it is; whoever
 * sends a browser back to an application writes that header.
 */
class RelativeRedirects extends HttpServletResponseWrapper {

	private final Arrival arrival;

	RelativeRedirects(HttpServletResponse response, Arrival arrival) {
		super(response);
		this.arrival = arrival;
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		sendRedirect(location, SC_FOUND, true);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		sendRedirect(location, SC_FOUND, clearBuffer);
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		sendRedirect(location, status, true);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		if (!Locations.fits(location)) {
			sendError(SC_REQUEST_URI_TOO_LONG);
			return;
		}
		if (clearBuffer) {
			resetBuffer();
		}
		setStatus(status);
		setHeader("Location", withoutOwnOrigin(location));
		setContentLength(0);
		flushBuffer();
	}

	/** A path that begins with two slashes would be read as the name of another host. */
	private String withoutOwnOrigin(String location) {
		String origin = this.arrival.origin();
		if (!location.startsWith(origin + "/") || location.startsWith("//", origin.length())
				|| location.startsWith("/\\", origin.length())) {
			return location;
		}
		return location.substring(origin.length());
	}

}
