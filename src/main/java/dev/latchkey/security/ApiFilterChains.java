package dev.latchkey.security;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;

import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.context.request.async.WebAsyncManagerIntegrationFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestFilter;
import org.springframework.stereotype.Component;

/**
 * Makes chains of the filters that an API needs and no others. What Spring Security's
 * builder adds besides (sessions, saved requests, anonymous callers, headers written
 * late) took longer than verifying a token does.
 * <p>
 * What the code behind may count on is there: the {@code SecurityContext}, also in
 * another thread that answers for this one, {@code isUserInRole} and
 * {@code getUserPrincipal} of the request, and refusals thrown anywhere turned into
 * answers.
 */
@Component
class ApiFilterChains {

	private final ProblemAccessDeniedHandler deniedHandler;

	ApiFilterChains(ProblemAccessDeniedHandler deniedHandler) {
		this.deniedHandler = deniedHandler;
	}

	SecurityFilterChain chain(AuthenticationEntryPoint entryPoint, List<Filter> own, String... paths)
			throws ServletException {
		ExceptionTranslationFilter refusals = new ExceptionTranslationFilter(entryPoint, new NullRequestCache());
		refusals.setAccessDeniedHandler(this.deniedHandler);
		SecurityContextHolderAwareRequestFilter servletApi = new SecurityContextHolderAwareRequestFilter();
		servletApi.afterPropertiesSet();
		List<Filter> filters = new ArrayList<>(List.of(new WebAsyncManagerIntegrationFilter(),
				new SecurityContextHolderFilter(new NullSecurityContextRepository()), new ApiHeadersFilter(),
				servletApi, refusals));
		filters.addAll(own);
		return new DefaultSecurityFilterChain(PlainPaths.of(paths), filters);
	}

}
