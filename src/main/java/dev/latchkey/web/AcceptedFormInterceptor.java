package dev.latchkey.web;

import java.util.Collections;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a request whose sender does not take JSON before anything is done, where Spring
 * would find out only when the work is done and the answer is lost: a token made so would
 * never be shown.
 */
class AcceptedFormInterceptor implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws HttpMediaTypeNotAcceptableException {
		if (handler instanceof HandlerMethod && !takesJson(request)) {
			throw new HttpMediaTypeNotAcceptableException(List.of(MediaType.APPLICATION_JSON));
		}
		return true;
	}

	private static boolean takesJson(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
		List<String> given = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
		try {
			List<MediaType> accepted = MediaType.parseMediaTypes(given);
			return accepted.isEmpty() || accepted.stream().anyMatch(MediaType.APPLICATION_JSON::isCompatibleWith);
		}
		catch (InvalidMediaTypeException ex) {
			throw new HttpMediaTypeNotAcceptableException("Accept cannot be read");
		}
	}

}
