package dev.latchkey.security;

import java.io.IOException;

import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.verification.TokenExpiryHeader;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.transaction.TransactionException;
import org.springframework.web.cors.CorsUtils;

/**
 * Finds out who is calling: by the header if there is one, else by the web session. With
 * a header, the header alone decides, so that rights never add up.
 */
class ApiTokenAuthenticationFilter implements Filter {

	private final ApiTokenAuthenticationConverter converter;

	private final ApiTokenAuthenticationProvider provider;

	private final SessionAuthentication sessions;

	private final TokenExpiryHeader expiry;

	private final AuthenticationEntryPoint entryPoint;

	private final ProblemWriter problems;

	ApiTokenAuthenticationFilter(ApiTokenAuthenticationConverter converter, ApiTokenAuthenticationProvider provider,
			SessionAuthentication sessions, TokenExpiryHeader expiry, AuthenticationEntryPoint entryPoint,
			ProblemWriter problems) {
		this.converter = converter;
		this.provider = provider;
		this.sessions = sessions;
		this.expiry = expiry;
		this.entryPoint = entryPoint;
		this.problems = problems;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (signIn((HttpServletRequest) request, (HttpServletResponse) response)) {
			chain.doFilter(request, response);
		}
	}

	/** Returns false if it has answered. */
	private boolean signIn(HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException {
		Authentication caller;
		try {
			caller = authenticate(request);
		}
		catch (AuthenticationException ex) {
			this.entryPoint.commence(request, response, ex);
			return false;
		}
		catch (TokenLimitedException ex) {
			ex.writeTo(response);
			this.expiry.write(ex, response);
			this.problems.write(request, response, ex.code(), String.valueOf(ex.getMessage()));
			return false;
		}
		catch (DataAccessException | TransactionException ex) {
			if (!DatabaseOutage.isCauseOf(ex)) {
				throw ex;
			}
			this.problems.writeUnavailable(request, response);
			return false;
		}
		if (caller instanceof ApiTokenAuthentication token) {
			this.expiry.write(token.getDetails(), response);
			if (token.limit() != null) {
				token.limit().writeTo(response);
			}
		}
		if (caller != null) {
			SecurityContextHolder.setContext(new SecurityContextImpl(caller));
		}
		return true;
	}

	private @Nullable Authentication authenticate(HttpServletRequest request) {
		Authentication presented = this.converter.convert(request);
		if (presented != null) {
			ApiTokenAuthentication caller = this.provider.authenticate(presented);
			caller.getPrincipal().actor().enter(request);
			return caller;
		}
		// Other origins are admitted without cookies, even if a browser sends them along.
		return (this.converter.isPresent(request) || isOfAnotherOrigin(request)) ? null : this.sessions.find(request);
	}

	/** An origin that cannot be read is not this one. */
	private static boolean isOfAnotherOrigin(HttpServletRequest request) {
		try {
			return CorsUtils.isCorsRequest(request);
		}
		catch (IllegalArgumentException ex) {
			return true;
		}
	}

}
