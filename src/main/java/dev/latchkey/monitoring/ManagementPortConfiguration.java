package dev.latchkey.monitoring;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * What the management port does with requests before its endpoints. That port has a
 * context of its own beneath the server's, which finds this as one of its configurations
 * too.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@Conditional(ManagementPortConfiguration.OnContextBeneath.class)
class ManagementPortConfiguration {

	@Bean
	FilterRegistrationBean<ProbeFilter> managementProbeFilter() {
		FilterRegistrationBean<ProbeFilter> registration = new FilterRegistrationBean<>(new ProbeFilter());
		registration.addUrlPatterns("/actuator/health", "/actuator/health/*");
		return registration;
	}

	@Bean
	FilterRegistrationBean<UnreadableAcceptFilter> unreadableAcceptFilter() {
		return new FilterRegistrationBean<>(new UnreadableAcceptFilter());
	}

	/** Holds where there is another context above. */
	static class OnContextBeneath implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			ConfigurableListableBeanFactory beans = context.getBeanFactory();
			return beans != null && beans.getParentBeanFactory() != null;
		}

	}

}
