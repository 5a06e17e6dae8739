package dev.latchkey.security;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

	/** No name may get through: it would be looked up. */
	private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

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
			if (!ADDRESS.matcher(hop).matches()) {
				return client;
			}
			client = hop;
		}
		return client;
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
