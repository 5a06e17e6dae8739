package dev.latchkey.scope;

import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.util.ClassUtils;

/**
 * Applies the rule of a bean's method before each call.
 */
class ScopedMethodAuthorizationManager implements AuthorizationManager<MethodInvocation> {

	private final ObjectProvider<ScopeAuthorizationManager> manager;

	ScopedMethodAuthorizationManager(ObjectProvider<ScopeAuthorizationManager> manager) {
		this.manager = manager;
	}

	@Override
	public AuthorizationResult authorize(Supplier<? extends @Nullable Authentication> authentication,
			MethodInvocation call) {
		Object target = call.getThis();
		Class<?> type = (target != null) ? ClassUtils.getUserClass(target) : call.getMethod().getDeclaringClass();
		AccessRule rule = AccessRule.of(ClassUtils.getMostSpecificMethod(call.getMethod(), type), type);
		if (rule == null) {
			throw new IllegalStateException("No rule at " + call.getMethod());
		}
		this.manager.getObject().verify(authentication, rule);
		return new AuthorizationDecision(true);
	}

}
