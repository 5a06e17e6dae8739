package dev.latchkey.resourceserver.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.function.SingletonSupplier;

/**
 * Says who is calling, by the strategy of the host where it has one.
 */
final class Callers {

	/**
	 * Looked for once, when somebody calls: the application's beans are not all there
	 * before.
	 */
	private final SingletonSupplier<SecurityContextHolderStrategy> strategy;

	Callers(BeanFactory beans) {
		this.strategy = SingletonSupplier.of(() -> beans.getBeanProvider(SecurityContextHolderStrategy.class)
			.getIfUnique(SecurityContextHolder::getContextHolderStrategy));
	}

	@Nullable Authentication current() {
		return this.strategy.obtain().getContext().getAuthentication();
	}

}
