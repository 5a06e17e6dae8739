package dev.latchkey.security;

import java.net.InetAddress;

import dev.latchkey.caller.Actor;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.net.Arrival;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * What a verification needs to know of the request around the token.
 *
 * @param actor who presents it, as far as that is known without it
 * @param address from where it came, or null where that is not known
 * @param rotating whether it asks to rotate the very token it presents
 * @param place for whom the token is used
 */
record PresentationContext(Actor actor, @Nullable InetAddress address, boolean rotating, UsePlace place) {

	/** Matches as the route itself does, however the path is written. */
	private static final RequestMatcher ROTATE_CURRENT = PathPatternRequestMatcher.withDefaults()
		.matcher(HttpMethod.POST, "/api/tokens/current/rotate");

	static PresentationContext of(HttpServletRequest request) {
		return new PresentationContext(Actor.of(request), Arrival.address(request), isRotation(request),
				place(request));
	}

	/** Behind a proxy are other services. */
	private static UsePlace place(HttpServletRequest request) {
		return request.getServletPath().equals(BearerRoutes.GATEWAY) ? UsePlace.ELSEWHERE : UsePlace.HERE;
	}

	private static boolean isRotation(HttpServletRequest request) {
		return HttpMethod.POST.matches(request.getMethod()) && ROTATE_CURRENT.matches(request);
	}

}
