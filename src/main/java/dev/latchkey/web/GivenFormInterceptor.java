package dev.latchkey.web;

import java.util.Arrays;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a body that is said to be of any kind at all: Spring takes that for a fault of
 * the server's own.
 */
class GivenFormInterceptor implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws HttpMediaTypeNotSupportedException {
		String given = request.getContentType();
		if (given != null && given.indexOf('*') >= 0 && isAnyKind(given) && readsBody(handler)) {
			throw new HttpMediaTypeNotSupportedException("Content-Type names no kind of body");
		}
		return true;
	}

	private static boolean readsBody(Object handler) {
		return handler instanceof HandlerMethod method && Arrays.stream(method.getMethodParameters())
			.anyMatch((parameter) -> parameter.hasParameterAnnotation(RequestBody.class));
	}

	private static boolean isAnyKind(String given) {
		try {
			MediaType type = MediaType.parseMediaType(given);
			return type.isWildcardType() || type.isWildcardSubtype();
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

}
