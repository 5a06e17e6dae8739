package dev.latchkey.bench.host;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The chain, before there were tokens.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingClass("dev.latchkey.embedded.LatchkeyTokens")
class WithoutTokens {

	@Bean
	SecurityFilterChain chain(HttpSecurity http) {
		return chainOf(http).build();
	}

	static HttpSecurity chainOf(HttpSecurity http) {
		return http.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/open/**").permitAll().anyRequest().authenticated());
	}

}
