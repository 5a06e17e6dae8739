package dev.latchkey.audit;

import java.util.List;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.scope.RequiresScope;
import dev.latchkey.web.PerHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Tells the audit who reads it, by whichever route.
 */
@Component
class AuditReads implements HandlerInterceptor, WebMvcConfigurer {

	private final PerHandler<Boolean> aboutTheAudit = new PerHandler<>(AuditReads::isAboutTheAudit);

	private final ApplicationEventPublisher events;

	AuditReads(ApplicationEventPublisher events) {
		this.events = events;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	/** Whoever breaks off has read what came before. */
	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception failure) {
		if ((failure == null || response.isCommitted()) && response.getStatus() == HttpStatus.OK.value()
				&& handler instanceof HandlerMethod method && this.aboutTheAudit.of(method)) {
			this.events.publishEvent(AuditedAct.of(AuditAction.AUDIT_READ, Actor.of(request)));
		}
	}

	private static boolean isAboutTheAudit(HandlerMethod method) {
		RequiresScope rule = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequiresScope.class);
		return rule != null && List.of(rule.value()).contains(AuditConfiguration.READ);
	}

}
