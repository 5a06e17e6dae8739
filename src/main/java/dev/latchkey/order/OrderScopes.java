package dev.latchkey.order;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a token may be allowed to do with orders.
 */
@Configuration(proxyBeanMethods = false)
class OrderScopes {

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

}
