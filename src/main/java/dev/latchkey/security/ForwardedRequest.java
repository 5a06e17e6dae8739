package dev.latchkey.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request as the client sent it to the first proxy. Of {@code X-Forwarded-For} the last
 * address counts that no trusted proxy has: what stands before it, anybody can have
 * written.
 */
class ForwardedRequest extends HttpServletRequestWrapper {

	private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

	/**
	 * No name may get through: it would be looked up. What has a colon, Java never does.
	 */
	private static final Pattern ADDRESS = Pattern
		.compile(OCTET + "(\\." + OCTET + "){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]*");

	private static final int HTTPS = 443;

	private static final int HTTP = 80;

	private final String remoteAddress;

	private final boolean secure;

	private final boolean schemeGiven;

	ForwardedRequest(HttpServletRequest request, Predicate<String> trusted) {
		super(request);
		this.remoteAddress = client(request, trusted);
		String scheme = request.getHeader("X-Forwarded-Proto");
		this.schemeGiven = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
		this.secure = this.schemeGiven ? "https".equalsIgnoreCase(scheme) : request.isSecure();
	}

	private static String client(HttpServletRequest request, Predicate<String> trusted) {
		List<String> hops = new ArrayList<>();
		for (String header : Collections.list(request.getHeaders("X-Forwarded-For"))) {
			hops.addAll(List.of(header.split(",")));
		}
		String client = request.getRemoteAddr();
		for (int i = hops.size() - 1; i >= 0 && trusted.test(client); i--) {
			String hop = hops.get(i).strip();
			Optional<String> address = address(hop);
			if (address.isEmpty()) {
				return client;
			}
			client = address.get();
		}
		return client;
	}

	private static Optional<String> address(String hop) {
		try {
			return ADDRESS.matcher(hop).matches() ? Optional.of(InetAddress.getByName(hop).getHostAddress())
					: Optional.empty();
		}
		catch (UnknownHostException ex) {
			return Optional.empty();
		}
	}

	@Override
	public String getRemoteAddr() {
		return this.remoteAddress;
	}

	@Override
	public String getRemoteHost() {
		return this.remoteAddress;
	}

	@Override
	public boolean isSecure() {
		return this.secure;
	}

	@Override
	public String getScheme() {
		return this.secure ? "https" : "http";
	}

	@Override
	public int getServerPort() {
		if (!this.schemeGiven) {
			return super.getServerPort();
		}
		return this.secure ? HTTPS : HTTP;
	}

}
