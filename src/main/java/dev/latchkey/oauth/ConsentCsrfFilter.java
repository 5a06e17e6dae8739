package dev.latchkey.oauth;

import java.io.IOException;

import dev.latchkey.web.CsrfValues;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes an answer to the question for consent only with the CSRF token of the page that
 * asked. The library asks for none at its endpoints, because applications send their
 * requests there too; those are left alone. Who has not signed in is sent there first.
 */
class ConsentCsrfFilter extends OncePerRequestFilter {

	private final CsrfFilter csrf = new CsrfFilter(new HttpSessionCsrfTokenRepository());

	ConsentCsrfFilter() {
		this.csrf.setRequestHandler(new CsrfValues());
		this.csrf.setAccessDeniedHandler(
				(request, response, denial) -> response.sendError(HttpServletResponse.SC_FORBIDDEN));
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean signedIn = SecurityContextHolder.getContext().getAuthentication() != null;
		if (signedIn && ConsentAnswerConverter.isOne(request)) {
			this.csrf.doFilter(request, response, chain);
		}
		else {
			chain.doFilter(request, response);
		}
	}

}
