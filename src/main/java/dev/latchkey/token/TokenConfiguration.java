package dev.latchkey.token;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * The scopes about tokens, and their settings.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ TokenProperties.class, FamilyProperties.class, PepperProperties.class })
class TokenConfiguration {

	@Bean
	TokenLives tokenLives(TokenProperties tokens, FamilyProperties families) {
		return new TokenLives(tokens.idleLifetime(), families.refreshAbsoluteLifetime(), tokens.longestForAll());
	}

	@Bean
	@Order(10)
	Scope readTokens() {
		return new Scope("tokens:read", "See your tokens and what happened to them", Role.USER);
	}

	@Bean
	@Order(11)
	Scope writeTokens() {
		return new Scope("tokens:write", "Make, change, rotate and revoke your tokens", Role.USER, true);
	}

	@Bean
	@Order(12)
	Scope rotateToken() {
		return new Scope("tokens:rotate", "Let the token rotate itself", Role.USER, true);
	}

	@Bean
	@Order(13)
	Scope introspectTokens() {
		return new Scope("tokens:introspect", "Ask whether somebody's token is good", Role.USER);
	}

}
