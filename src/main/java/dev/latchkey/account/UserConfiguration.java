package dev.latchkey.account;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * The scopes about accounts.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ PasswordProperties.class, AdminProperties.class })
class UserConfiguration {

	@Bean
	@Order(20)
	Scope readUser() {
		return new Scope("user:read", "See your own account", Role.USER);
	}

	@Bean
	@Order(40)
	Scope readUsers() {
		return new Scope("users:read", "See everybody's account and tokens", Role.ADMIN);
	}

	@Bean
	@Order(41)
	Scope writeUsers() {
		return new Scope("users:write", "Change everybody's account and revoke their tokens", Role.ADMIN, true);
	}

}
