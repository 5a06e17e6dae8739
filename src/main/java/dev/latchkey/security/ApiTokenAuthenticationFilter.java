package dev.latchkey.security;

import java.io.IOException;

import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.problem.Unavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is calling: by the header if there is one, else by the web session. With
 * a header, the header alone decides, so that rights never add up.
 */
class ApiTokenAuthenticationFilter extends OncePerRequestFilter {

	private final ApiTokenAuthenticationConverter converter;

	private final ApiTokenAuthenticationProvider provider;

	private final SessionCallers sessions;

	private final AuthenticationEntryPoint entryPoint;

	private final ProblemWriter problems;

	ApiTokenAuthenticationFilter(ApiTokenAuthenticationConverter converter, ApiTokenAuthenticationProvider provider,
			SessionCallers sessions, AuthenticationEntryPoint entryPoint, ProblemWriter problems) {
		this.converter = converter;
		this.provider = provider;
		this.sessions = sessions;
		this.entryPoint = entryPoint;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication caller;
		try {
			caller = authenticate(request);
		}
		catch (AuthenticationException ex) {
			this.entryPoint.commence(request, response, ex);
			return;
		}
		catch (DataAccessException | TransactionException ex) {
			if (!Unavailable.isCauseOf(ex)) {
				throw ex;
			}
			this.problems.writeUnavailable(request, response);
			return;
		}
		if (caller != null) {
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(caller);
			SecurityContextHolder.setContext(context);
		}
		chain.doFilter(request, response);
	}

	private @Nullable Authentication authenticate(HttpServletRequest request) {
		if (!this.converter.isPresent(request)) {
			return this.sessions.find(request);
		}
		Authentication presented = this.converter.convert(request);
		return (presented != null) ? this.provider.authenticate(presented) : null;
	}

}
