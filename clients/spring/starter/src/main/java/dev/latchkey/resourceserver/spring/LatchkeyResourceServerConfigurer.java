package dev.latchkey.resourceserver.spring;

import dev.latchkey.resourceserver.TokenVerifier;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.web.authentication.logout.LogoutFilter;

/**
 * Adds Latchkey's tokens to a chain of the host:
 * {@code http.with(latchkeyResourceServer(),
 * withDefaults())}. Where a request has a Bearer header, that alone decides who is
 * calling, no session is saved for it, and no CSRF token is asked of it. What the routes
 * ask for stays the chain's own affair; a token has {@code SCOPE_x} and no role.
 */
public final class LatchkeyResourceServerConfigurer
		extends AbstractHttpConfigurer<LatchkeyResourceServerConfigurer, HttpSecurity> {

	private LatchkeyResourceServerConfigurer() {
	}

	/**
	 * Returns one, to be given to {@code http.with}.
	 */
	public static LatchkeyResourceServerConfigurer latchkeyResourceServer() {
		return new LatchkeyResourceServerConfigurer();
	}

	@Override
	@SuppressWarnings("unchecked")
	public void init(HttpSecurity http) {
		Refusals refusals = bean(http, Refusals.class);
		CsrfConfigurer<HttpSecurity> csrf = http.getConfigurer(CsrfConfigurer.class);
		if (csrf != null) {
			csrf.ignoringRequestMatchers(BearerHeader::isIn);
		}
		ExceptionHandlingConfigurer<HttpSecurity> exceptions = http.getConfigurer(ExceptionHandlingConfigurer.class);
		if (exceptions != null) {
			exceptions
				.defaultAuthenticationEntryPointFor(
						(request, response, failure) -> refusals.authenticationRequired(request, response),
						LatchkeyResourceServerConfigurer::isForPrograms)
				.defaultAccessDeniedHandlerFor(new DeniedHandler(refusals), BearerHeader::isIn);
		}
	}

	@Override
	public void configure(HttpSecurity http) {
		// The next after the one that asks for a CSRF token.
		http.addFilterBefore(new LatchkeyAuthenticationFilter(bean(http, TokenVerifier.class),
				bean(http, Refusals.class), getSecurityContextHolderStrategy()), LogoutFilter.class);
	}

	/** A browser that wants a page is sent to the host's own sign-in, if it has one. */
	private static boolean isForPrograms(HttpServletRequest request) {
		String wanted = request.getHeader(HttpHeaders.ACCEPT);
		return BearerHeader.isIn(request) || wanted == null || !wanted.contains(MediaType.TEXT_HTML_VALUE);
	}

	private static <T> T bean(HttpSecurity http, Class<T> type) {
		return http.getSharedObject(ApplicationContext.class).getBean(type);
	}

}
