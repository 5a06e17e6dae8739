package dev.latchkey.bench.jpa;

import java.io.IOException;
import java.time.Instant;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

class ApiTokenFilter extends OncePerRequestFilter {

	private final ApiTokenRepository tokens;

	ApiTokenFilter(ApiTokenRepository tokens) {
		this.tokens = tokens;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		if (header != null && header.startsWith("Bearer ")) {
			this.tokens.findByTokenHash(TokenHash.of(header.substring(7)))
				.filter((token) -> token.isUsableAt(Instant.now()))
				.ifPresent(this::signIn);
		}
		chain.doFilter(request, response);
	}

	private void signIn(ApiToken token) {
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(token, null,
				AuthorityUtils.createAuthorityList(token.getScopes().split(" "))));
		SecurityContextHolder.setContext(context);
	}

}
