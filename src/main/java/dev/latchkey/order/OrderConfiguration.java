package dev.latchkey.order;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.startup.FeatureMigrations;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a token may be allowed to do with orders, and where their table comes from.
 */
@Configuration(proxyBeanMethods = false)
class OrderConfiguration {

	@Bean
	@org.springframework.core.annotation.Order(30)
	Scope readOrders() {
		return new Scope("orders:read", "See your orders", Role.USER);
	}

	@Bean
	@org.springframework.core.annotation.Order(31)
	Scope writeOrders() {
		return new Scope("orders:write", "Place, change and cancel orders", Role.USER);
	}

	@Bean
	FeatureMigrations sampleMigrations() {
		return new FeatureMigrations("sample");
	}

}
