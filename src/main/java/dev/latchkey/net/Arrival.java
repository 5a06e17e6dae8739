package dev.latchkey.net;

import java.net.InetAddress;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * How a request came here: from which address, under which name, over what.
 *
 * @param address the client's address, or null where it is not known
 * @param secure whether the client speaks TLS
 * @param host the name that the client asked, or the server's own
 * @param port the port that the client asked
 * @param misdirected whether the client asked a name that is none of this server's
 * @param behindUnnamedProxy whether the address is that of a proxy which nobody has named
 */
public record Arrival(@Nullable InetAddress address, boolean secure, String host, int port, boolean misdirected,
		boolean behindUnnamedProxy) {

	private static final String ATTRIBUTE = Arrival.class.getName();

	private static final int HTTPS = 443;

	private static final int HTTP = 80;

	/**
	 * Returns the client's address, or null where it is not known.
	 */
	public static @Nullable InetAddress address(ServletRequest request) {
		Arrival arrival = find(request);
		return (arrival != null) ? arrival.address : IpAddress.parse(request.getRemoteAddr()).orElse(null);
	}

	/**
	 * Returns the client's address as it is written, or null where it is not known.
	 */
	public static @Nullable String addressText(ServletRequest request) {
		InetAddress address = address(request);
		return (address != null) ? IpAddress.text(address) : null;
	}

	/**
	 * Returns the block of addresses that the client can choose from freely, or null
	 * where its address is not known.
	 */
	public static @Nullable String network(ServletRequest request) {
		InetAddress address = address(request);
		return (address != null) ? IpNetwork.around(address).toString() : null;
	}

	/**
	 * Returns whether all that is known is the address of a proxy, which all of its
	 * clients share.
	 */
	public static boolean isBehindUnnamedProxy(ServletRequest request) {
		Arrival arrival = find(request);
		return arrival != null && arrival.behindUnnamedProxy;
	}

	static @Nullable Arrival find(ServletRequest request) {
		return (Arrival) request.getAttribute(ATTRIBUTE);
	}

	void keepIn(ServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	/**
	 * Returns the origin that the client asked, without a default port.
	 */
	String origin() {
		String named = (this.secure ? "https://" : "http://") + this.host;
		return (this.port == defaultPort(this.secure)) ? named : named + ":" + this.port;
	}

	static int defaultPort(boolean secure) {
		return secure ? HTTPS : HTTP;
	}

}
