package dev.latchkey.session;

import java.time.Duration;

import dev.latchkey.account.PasswordLogin;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Caller;
import dev.latchkey.web.CsrfValues;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer.SessionFixationConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.ForwardAuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;

/**
 * The chains before pages and what they are made of. What a caller may do is decided at
 * the route, by its annotation.
 */
@Configuration(proxyBeanMethods = false)
class PageSecurityConfiguration {

	/**
	 * Nothing from another host, nothing inline. Pictures may be data, because the style
	 * sheet draws its arrows so. A page that needs more sets the header itself, which is
	 * then left alone.
	 */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	private static final long YEAR = Duration.ofDays(365).toSeconds();

	/** Nobody has to sign in for these, and an error page must not fail for a session. */
	@Bean
	@Order(90)
	SecurityFilterChain assetChain(HttpSecurity http) throws Exception {
		http.securityMatcher("/css/**", "/js/**", "/webjars/**", "/favicon.svg", "/error", "/v3/api-docs",
				"/swagger-ui.html");
		return withHeaders(http).headers((headers) -> headers.cacheControl((cache) -> cache.disable()))
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.securityContext(AbstractHttpConfigurer::disable)
			.sessionManagement(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.build();
	}

	@Bean
	@Order(100)
	SecurityFilterChain pageChain(HttpSecurity http, SessionCallerRepository callers, ReturnPath returnPath,
			PasswordLogin login, SignedInHandler signedIn, PageAccessDeniedHandler denied, UserSessions sessions,
			ApplicationEventPublisher events, FormRoutes formRoutes) throws Exception {
		return withHeaders(http).securityContext((context) -> context.securityContextRepository(callers))
			.requestCache((cache) -> cache.requestCache(returnPath))
			.authenticationManager(new ProviderManager(new PasswordLoginProvider(login)))
			// A new session and not only a new id: its age is the age of the sign-in.
			.sessionManagement((management) -> management.sessionFixation(SessionFixationConfigurer::migrateSession))
			.formLogin((form) -> form.loginPage("/login")
				.usernameParameter("email")
				.passwordParameter("password")
				.authenticationDetailsSource((request) -> Actor.of(request))
				.successHandler(signedIn)
				.failureHandler(new ForwardAuthenticationFailureHandler("/login/failed")))
			.logout((logout) -> logout.addLogoutHandler((request, response, authentication) -> {
				boolean everywhere = Boolean.parseBoolean(request.getParameter(SignInFormFilter.EVERYWHERE));
				Caller.current().ifPresent((caller) -> {
					if (everywhere) {
						sessions.endAll(caller.userId());
					}
					events.publishEvent(AuditedAct.ofAccount(AuditAction.LOGOUT, Actor.of(request), caller.userId())
						.saying(everywhere ? "everywhere" : null));
				});
			}).logoutSuccessUrl("/login?bye"))
			.exceptionHandling(
					(handling) -> handling.authenticationEntryPoint(new SignInPage()).accessDeniedHandler(denied))
			.csrf((csrf) -> csrf.csrfTokenRepository(new PageCsrfTokens())
				.requireCsrfProtectionMatcher(formRoutes)
				.csrfTokenRequestHandler(new CsrfValues()))
			.addFilterAfter(new SignInFormFilter(), CsrfFilter.class)
			.build();
	}

	private static HttpSecurity withHeaders(HttpSecurity http) throws Exception {
		return http.headers((headers) -> headers
			.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
			.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
			.permissionsPolicyHeader(
					(permissions) -> permissions.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
			// Other services may share the domain, so only this host is spoken for.
			.httpStrictTransportSecurity((hsts) -> hsts.maxAgeInSeconds(YEAR).includeSubDomains(false)));
	}

}
