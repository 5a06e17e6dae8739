package dev.latchkey.net;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * Sends a client on to where the server says, in HTTP/1.0 too: the container would make
 * an absolute address out of a relative one there, of the name and the scheme by which a
 * proxy asked. RFC 9110 section 10.2.2 has relative ones in every version.
 */
class RelativeRedirects extends HttpServletResponseWrapper {

	RelativeRedirects(HttpServletResponse response) {
		super(response);
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
		if (clearBuffer) {
			resetBuffer();
		}
		setStatus(status);
		setHeader("Location", location);
		setContentLength(0);
		flushBuffer();
	}

}
