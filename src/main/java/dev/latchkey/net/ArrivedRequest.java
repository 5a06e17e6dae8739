package dev.latchkey.net;

import java.net.InetAddress;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request as the client sent it to the first proxy.
 */
class ArrivedRequest extends HttpServletRequestWrapper {

	/**
	 * Where the address is not known: RFC 7239's word, which is no address and no name
	 * that somebody has.
	 */
	private static final String UNKNOWN = "unknown";

	private final Arrival arrival;

	ArrivedRequest(HttpServletRequest request, Arrival arrival) {
		super(request);
		this.arrival = arrival;
	}

	@Override
	public String getRemoteAddr() {
		InetAddress address = this.arrival.address();
		return (address != null) ? IpAddress.text(address) : UNKNOWN;
	}

	@Override
	public String getRemoteHost() {
		return getRemoteAddr();
	}

	@Override
	public boolean isSecure() {
		return this.arrival.secure();
	}

	@Override
	public String getScheme() {
		return isSecure() ? "https" : "http";
	}

	@Override
	public String getServerName() {
		return this.arrival.host();
	}

	@Override
	public int getServerPort() {
		return this.arrival.port();
	}

	@Override
	public StringBuffer getRequestURL() {
		return new StringBuffer(this.arrival.origin()).append(getRequestURI());
	}

}
