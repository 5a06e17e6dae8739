package dev.latchkey.resourceserver.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Says who is calling, by the strategy of the host where it has one.
 */
final class Callers {

	private final BeanFactory beans;

	Callers(BeanFactory beans) {
		this.beans = beans;
	}

	@Nullable Authentication current() {
		return this.beans.getBeanProvider(SecurityContextHolderStrategy.class)
			.getIfUnique(SecurityContextHolder::getContextHolderStrategy)
			.getContext()
			.getAuthentication();
	}

}
