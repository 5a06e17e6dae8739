package dev.latchkey.resourceserver.spring;

import java.io.IOException;

import dev.latchkey.resourceserver.TokenVerifier;
import dev.latchkey.resourceserver.Verdict;
import dev.latchkey.resourceserver.spring.BearerHeader.MalformedHeaderException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has the header decide who is calling, whatever session comes along: what the session
 * has is replaced for this request, not added to, and nothing is saved.
 */
class LatchkeyAuthenticationFilter extends OncePerRequestFilter {

	/** For the further dispatches of this request alone. */
	private final SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

	private final TokenVerifier verifier;

	private final Refusals refusals;

	private final SecurityContextHolderStrategy strategy;

	LatchkeyAuthenticationFilter(TokenVerifier verifier, Refusals refusals, SecurityContextHolderStrategy strategy) {
		this.verifier = verifier;
		this.refusals = refusals;
		this.strategy = strategy;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		BearerHeader header = BearerHeader.of(request);
		if (!header.decides()) {
			chain.doFilter(request, response);
			return;
		}
		LatchkeyAuthentication known = authenticate(header, request, response);
		if (known == null) {
			return;
		}
		SecurityContext context = this.strategy.createEmptyContext();
		context.setAuthentication(known);
		this.strategy.setContext(context);
		this.contexts.saveContext(context, request, response);
		chain.doFilter(request, response);
	}

	/** Returns null when it has answered. */
	private @Nullable LatchkeyAuthentication authenticate(BearerHeader header, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		try {
			Verdict verdict = this.verifier.verify(header.token(this.verifier.longest()), request.getRemoteAddr());
			if (verdict instanceof Verdict.Accepted accepted) {
				if (accepted.limit() != null) {
					this.refusals.limit(response, accepted.limit());
				}
				return new LatchkeyAuthentication(accepted.token());
			}
			refuse(verdict, request, response);
		}
		catch (MalformedHeaderException ex) {
			this.refusals.invalidRequest(request, response, String.valueOf(ex.getMessage()));
		}
		return null;
	}

	private void refuse(Verdict verdict, HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (verdict instanceof Verdict.Limited limited) {
			this.refusals.limited(request, response, limited.limit());
		}
		else if (verdict instanceof Verdict.Undecided undecided) {
			this.refusals.unavailable(request, response, undecided.retryAfter());
		}
		else {
			this.refusals.invalidToken(request, response);
		}
	}

}
