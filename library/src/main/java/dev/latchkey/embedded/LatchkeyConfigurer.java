package dev.latchkey.embedded;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.authentication.logout.LogoutFilter;

/**
 * Lets requests with a token through a chain of the application's:
 * {@code http.with(latchkey(), Customizer.withDefaults())}. A request with one needs no
 * CSRF token, since no browser sends one by itself, and leaves nothing in a session.
 */
public final class LatchkeyConfigurer extends AbstractHttpConfigurer<LatchkeyConfigurer, HttpSecurity> {

	private LatchkeyConfigurer() {
	}

	/**
	 * Returns one, for one chain.
	 */
	public static LatchkeyConfigurer latchkey() {
		return new LatchkeyConfigurer();
	}

	@Override
	public void init(HttpSecurity http) {
		PresentedTokens tokens = bean(http, PresentedTokens.class).getIfAvailable();
		@SuppressWarnings("unchecked")
		CsrfConfigurer<HttpSecurity> csrf = http.getConfigurer(CsrfConfigurer.class);
		if (tokens != null && csrf != null) {
			csrf.ignoringRequestMatchers(tokens::isIn);
			bean(http, OwnRoutes.class).ifAvailable((routes) -> csrf.ignoringRequestMatchers(
					(request) -> routes.paths().needNoSignIn(request) && tokens.areTakenAt(request)));
		}
	}

	/**
	 * Before all filters that sign somebody in, an OAuth resource server's among them.
	 * Without a database, as in a slice of a test, a token is neither good nor bad.
	 */
	@Override
	public void configure(HttpSecurity http) {
		PresentedTokens tokens = bean(http, PresentedTokens.class).getIfAvailable();
		if (tokens != null) {
			http.addFilterBefore(new TokenFilter(bean(http, LatchkeyCore.class).getIfAvailable(), tokens,
					bean(http, OwnRoutes.class).getIfAvailable()), LogoutFilter.class);
		}
	}

	private static <T> ObjectProvider<T> bean(HttpSecurity http, Class<T> type) {
		return http.getSharedObject(ApplicationContext.class).getBeanProvider(type);
	}

}
