package dev.latchkey.page;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.latchkey.user.Caller;
import dev.latchkey.user.RecentSignIn;
import dev.latchkey.user.SignInTooOldException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Sends people to the sign-in, and back here, before what {@link RecentSignIn} protects,
 * and refuses their programs. A session begins with a sign-in, so its age is that of the
 * sign-in.
 */
@Component
class RecentSignInInterceptor implements HandlerInterceptor {

	private final RequestCache returnPath;

	private final Clock clock;

	private final Duration longest;

	RecentSignInInterceptor(RequestCache returnPath, Clock clock,
			@Value("${latchkey.web.reauthenticate-after:1h}") Duration longest) {
		this.returnPath = returnPath;
		this.clock = clock;
		this.longest = longest;
	}

	/** Whether there is a token is asked first: that is cheap, and true of nearly all. */
	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (hasToken() || !(handler instanceof HandlerMethod method) || !isOn(method, RecentSignIn.class)) {
			return true;
		}
		HttpSession session = request.getSession(false);
		if (session == null || isRecent(session)) {
			return true;
		}
		if (isOn(method, RestController.class)) {
			throw new SignInTooOldException();
		}
		this.returnPath.saveRequest(request, response);
		response.sendRedirect("/login");
		return false;
	}

	private boolean isRecent(HttpSession session) {
		Instant signedIn = Instant.ofEpochMilli(session.getCreationTime());
		return this.clock.instant().isBefore(signedIn.plus(this.longest));
	}

	private static boolean hasToken() {
		return Caller.current().flatMap(Caller::currentToken).isPresent();
	}

	private static boolean isOn(HandlerMethod method, Class<? extends Annotation> annotation) {
		return AnnotatedElementUtils.hasAnnotation(method.getMethod(), annotation)
				|| AnnotatedElementUtils.hasAnnotation(method.getBeanType(), annotation);
	}

}
