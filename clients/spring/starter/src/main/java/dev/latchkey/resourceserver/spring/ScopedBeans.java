package dev.latchkey.resourceserver.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;

import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Applies the annotations at methods of beans that are no routes. It wakes nobody else's
 * annotations, and needs nobody's proxies. A method that no proxy can stand before stops
 * the start.
 */
class ScopedBeans extends AbstractBeanFactoryAwareAdvisingPostProcessor {

	private static final long serialVersionUID = 1L;

	ScopedBeans() {
		setProxyTargetClass(true);
		setBeforeExistingAdvisors(true);
	}

	@Override
	public void setBeanFactory(BeanFactory beans) {
		super.setBeanFactory(beans);
		Callers callers = new Callers(beans);
		MethodInterceptor check = (call) -> {
			Object target = call.getThis();
			Class<?> type = (target != null) ? ClassUtils.getUserClass(target) : call.getMethod().getDeclaringClass();
			AccessRule rule = AccessRule.of(AopUtils.getMostSpecificMethod(call.getMethod(), type), type);
			if (rule != null) {
				rule.check(callers.current());
			}
			return call.proceed();
		};
		this.advisor = new DefaultPointcutAdvisor(new Scoped(), check);
	}

	/** Methods with a rule. */
	private static final class Scoped extends StaticMethodMatcherPointcut {

		/** They are called for routes, which have rules of their own. */
		private static final List<Class<? extends Annotation>> BESIDE_ROUTES = List.of(ModelAttribute.class,
				InitBinder.class, ExceptionHandler.class);

		private Scoped() {
			setClassFilter(Scoped::isHosts);
		}

		private static boolean isHosts(Class<?> type) {
			if (type.getName().startsWith("org.springframework.")) {
				return false;
			}
			if (!Proxy.isProxyClass(type)) {
				Class<?> written = ClassUtils.getUserClass(type);
				Stream.of(ReflectionUtils.getUniqueDeclaredMethods(written))
					.filter((method) -> isOutOfReach(method) && AccessRule.at(method) != null
							&& !isRoute(method, written))
					.findFirst()
					.ifPresent((method) -> {
						throw new IllegalStateException(
								"%s cannot be checked, since it is private, final or static".formatted(method));
					});
			}
			return true;
		}

		private static boolean isOutOfReach(Method method) {
			return (method.getModifiers() & (Modifier.PRIVATE | Modifier.FINAL | Modifier.STATIC)) != 0;
		}

		@Override
		public boolean matches(Method method, Class<?> type) {
			Method own = AopUtils.getMostSpecificMethod(method, type);
			return own.getDeclaringClass() != Object.class && !Modifier.isPrivate(own.getModifiers())
					&& AccessRule.of(own, type) != null && !isRoute(own, type) && !isBesideRoutes(own, type);
		}

		private static boolean isController(Class<?> type) {
			return AnnotatedElementUtils.hasAnnotation(type, Controller.class);
		}

		private static boolean isRoute(Method method, Class<?> type) {
			return isController(type) && AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class);
		}

		private static boolean isBesideRoutes(Method method, Class<?> type) {
			return isController(type) && AccessRule.at(method) == null && BESIDE_ROUTES.stream()
				.anyMatch((annotation) -> AnnotatedElementUtils.hasAnnotation(method, annotation));
		}

	}

}
