package dev.latchkey.embedded;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
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
@AutoConfiguration(after = { ServletWebSecurityAutoConfiguration.class, LatchkeyAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(value = LatchkeyCore.class, name = "defaultSecurityFilterChain")
class LatchkeySecurityAutoConfiguration {

	private static final int BEFORE_BOOTS = SecurityFilterProperties.BASIC_AUTH_ORDER - 10;

	@Bean
	@Order(BEFORE_BOOTS)
	SecurityFilterChain latchkeySecurityFilterChain(HttpSecurity http, PresentedTokens tokens) throws Exception {
		return http.securityMatcher(tokens::isIn)
			.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
			.build();
	}

}
