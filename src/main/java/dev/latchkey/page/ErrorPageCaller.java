package dev.latchkey.page;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Tells the page about an error who has signed in, so that it has the menu. Where a
 * request has failed nobody asks for the session again: whose request it was found to be
 * stands in it.
 */
class ErrorPageCaller implements HandlerInterceptor {

	@Override
	public void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable ModelAndView page) {
		if (page != null && "error".equals(page.getViewName())) {
			Caller caller = Actor.of(request).caller();
			page.addObject("caller", (caller != null && caller.sessionId() != null) ? caller : null);
		}
	}

}
