package dev.latchkey.embedded;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A chain for an application that has none of its own: for requests with a token alone,
 * and registered only once Spring Boot's is there, which keeps everything else shut.
 * Where the application has a chain, it lets tokens in by {@link LatchkeyConfigurer}.
 */
@AutoConfiguration(
		after = { ServletWebSecurityAutoConfiguration.class, LatchkeyAutoConfiguration.class,
				LatchkeyWebAutoConfiguration.class },
		afterName = "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web"
				+ ".OAuth2ResourceServerWebSecurityAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(PresentedTokens.class)
@Conditional(LatchkeySecurityAutoConfiguration.OnChainOfBoots.class)
class LatchkeySecurityAutoConfiguration {

	private static final int BEFORE_BOOTS = SecurityFilterProperties.BASIC_AUTH_ORDER - 10;

	@Bean
	@Order(BEFORE_BOOTS)
	SecurityFilterChain latchkeySecurityFilterChain(HttpSecurity http, PresentedTokens tokens,
			ObjectProvider<OwnRoutes> routes) throws Exception {
		OwnRoutes own = routes.getIfAvailable();
		return http
			.securityMatcher((request) -> tokens.isIn(request)
					|| (own != null && own.paths().needNoSignIn(request) && tokens.areTakenAt(request)))
			.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
			.build();
	}

	/** The chain that Spring Boot makes, of whichever kind. */
	static class OnChainOfBoots extends AnyNestedCondition {

		OnChainOfBoots() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBean(name = "defaultSecurityFilterChain")
		static class OfUsers {

		}

		@ConditionalOnBean(name = "jwtSecurityFilterChain")
		static class OfSignedTokens {

		}

		@ConditionalOnBean(name = "opaqueTokenSecurityFilterChain")
		static class OfIntrospectedTokens {

		}

	}

}
