package dev.latchkey.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/**
 * The CSRF tokens of the pages: in the session of whoever has signed in, and in a cookie
 * for everybody else, so that looking at the sign-in page leaves no row. After the
 * sign-in the one in the cookie is of no use any more.
 */
class PageCsrfTokens implements CsrfTokenRepository {

	private static final String NAME = "latchkey_csrf";

	private final CsrfTokenRepository ofSession = new HttpSessionCsrfTokenRepository();

	private final CsrfTokenRepository inClear = cookie(NAME);

	private final CsrfTokenRepository overTls = cookie(SessionCookie.overTls(NAME));

	@Override
	public CsrfToken generateToken(HttpServletRequest request) {
		return of(request).generateToken(request);
	}

	@Override
	public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
		of(request).saveToken(token, request, response);
	}

	@Override
	public @Nullable CsrfToken loadToken(HttpServletRequest request) {
		return of(request).loadToken(request);
	}

	private CsrfTokenRepository of(HttpServletRequest request) {
		if (request.getSession(false) != null) {
			return this.ofSession;
		}
		return request.isSecure() ? this.overTls : this.inClear;
	}

	private static CsrfTokenRepository cookie(String name) {
		CookieCsrfTokenRepository repository = new CookieCsrfTokenRepository();
		repository.setCookieName(name);
		repository.setCookiePath("/");
		repository.setHeaderName("X-CSRF-TOKEN");
		repository.setCookieCustomizer((cookie) -> cookie.sameSite("Lax"));
		return repository;
	}

}
