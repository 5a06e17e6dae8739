package dev.latchkey.resourceserver.spring;

import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;

/**
 * Applies the annotations at methods of beans that are no controllers. It wakes nobody
 * else's annotations, and needs nobody's proxies.
 */
class ScopedBeans extends AbstractBeanFactoryAwareAdvisingPostProcessor {

	private static final long serialVersionUID = 1L;

	ScopedBeans() {
		setProxyTargetClass(true);
		setBeforeExistingAdvisors(true);
		MethodInterceptor check = (call) -> {
			Object target = call.getThis();
			Class<?> type = (target != null) ? ClassUtils.getUserClass(target) : call.getMethod().getDeclaringClass();
			AccessRule rule = AccessRule.of(AopUtils.getMostSpecificMethod(call.getMethod(), type), type);
			if (rule != null) {
				rule.check();
			}
			return call.proceed();
		};
		this.advisor = new DefaultPointcutAdvisor(new Scoped(), check);
	}

	/** Methods with a rule. */
	private static final class Scoped extends StaticMethodMatcherPointcut {

		private Scoped() {
			setClassFilter((type) -> !AnnotatedElementUtils.hasAnnotation(type, Controller.class)
					&& !type.getName().startsWith("org.springframework."));
		}

		@Override
		public boolean matches(Method method, Class<?> type) {
			return method.getDeclaringClass() != Object.class
					&& AccessRule.of(AopUtils.getMostSpecificMethod(method, type), type) != null;
		}

	}

}
