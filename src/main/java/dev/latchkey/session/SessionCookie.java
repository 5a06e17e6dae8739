package dev.latchkey.session;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * The cookie of a web session. Over TLS its name begins with {@code __Host-}, so that
 * browsers take it from this very host alone (RFC 6265bis section 4.1.3.2): another
 * service of the same domain, or somebody in between who speaks for one in clear, cannot
 * set it. One that has the form of ours is looked up, and no more: the first, since
 * whoever sends a hundred must not make as many queries.
 */
class SessionCookie implements CookieSerializer {

	private static final String NAME = "latchkey_session";

	private final CookieSerializer inClear = named(NAME);

	private final CookieSerializer overTls = named(overTls(NAME));

	@Override
	public void writeCookieValue(CookieValue value) {
		of(value.getRequest()).writeCookieValue(value);
	}

	@Override
	public List<String> readCookieValues(HttpServletRequest request) {
		return of(request).readCookieValues(request).stream().filter(SessionIds::isOne).limit(1).toList();
	}

	/** Returns the name that a cookie of this host has over TLS. */
	static String overTls(String name) {
		return "__Host-" + name;
	}

	/** Returns the name that it has in this request. */
	static String name(HttpServletRequest request, String name) {
		return request.isSecure() ? overTls(name) : name;
	}

	private CookieSerializer of(HttpServletRequest request) {
		return request.isSecure() ? this.overTls : this.inClear;
	}

	/** It is marked as secure wherever the request came by TLS. */
	private static CookieSerializer named(String name) {
		DefaultCookieSerializer cookie = new DefaultCookieSerializer();
		cookie.setCookieName(name);
		cookie.setCookiePath("/");
		cookie.setSameSite("Lax");
		cookie.setUseBase64Encoding(false);
		return cookie;
	}

}
