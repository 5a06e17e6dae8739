package dev.latchkey.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers a method that a route does not have with those that it has, whoever the route's
 * answers are from: what can be had by {@code GET} can be had by {@code HEAD}, and the
 * answer says so.
 */
class MethodNotAllowedResolver implements HandlerExceptionResolver {

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception failure) {
		if (!(failure instanceof HttpRequestMethodNotSupportedException refusal)) {
			return null;
		}
		String[] methods = refusal.getSupportedMethods();
		Set<String> all = new LinkedHashSet<>((methods != null) ? List.of(methods) : List.of());
		if (all.contains("GET")) {
			all.add("HEAD");
		}
		try {
			response.setHeader(HttpHeaders.ALLOW, String.join(", ", all));
			response.sendError(HttpStatus.METHOD_NOT_ALLOWED.value());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new ModelAndView();
	}

}
