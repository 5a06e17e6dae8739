package dev.latchkey.page;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.caller.SignInTooOldException;
import dev.latchkey.scope.RightGiving;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses an old sign-in before what gives a right with each request: programs are told
 * so, and people are sent to the sign-in, and back, by {@link SignInAgain}.
 */
@Component
class RecentSignInInterceptor implements HandlerInterceptor {

	private final GivingRules giving;

	RecentSignInInterceptor(GivingRules giving) {
		this.giving = giving;
	}

	/** Whether the sign-in is old is asked first: that is cheap, and true of few. */
	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (Caller.current().filter((caller) -> !this.giving.isRecent(caller)).isEmpty()
				|| !(handler instanceof HandlerMethod method) || RightGiving.of(method) != RightGiving.ALWAYS) {
			return true;
		}
		throw new SignInTooOldException();
	}

}
