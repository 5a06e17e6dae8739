package dev.latchkey.page;

import java.io.IOException;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.caller.SignInTooOldException;
import dev.latchkey.scope.RightGiving;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Sends people to the sign-in, and back here, before what gives a right with each
 * request, and refuses their programs.
 */
@Component
class RecentSignInInterceptor implements HandlerInterceptor {

	private final RequestCache returnPath;

	private final GivingRules giving;

	RecentSignInInterceptor(RequestCache returnPath, GivingRules giving) {
		this.returnPath = returnPath;
		this.giving = giving;
	}

	/** Whether the sign-in is old is asked first: that is cheap, and true of few. */
	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (Caller.current().filter((caller) -> !this.giving.isRecent(caller)).isEmpty()
				|| !(handler instanceof HandlerMethod method) || RightGiving.of(method) != RightGiving.ALWAYS) {
			return true;
		}
		if (AnnotatedElementUtils.hasAnnotation(method.getBeanType(), RestController.class)) {
			throw new SignInTooOldException();
		}
		this.returnPath.saveRequest(request, response);
		response.sendRedirect("/login");
		return false;
	}

}
