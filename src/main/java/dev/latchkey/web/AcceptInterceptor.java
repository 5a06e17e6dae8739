package dev.latchkey.web;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Chooses the form of the answer, and refuses a request whose sender takes none that the
 * route has before anything is done, where Spring would find out only when the work is
 * done and the answer is lost: a token made so would never be shown.
 */
class AcceptInterceptor implements HandlerInterceptor {

	private static final List<ResponseFormat> ALL = List.of(ResponseFormat.values());

	private static final List<ResponseFormat> JSON_ALONE = List.of(ResponseFormat.JSON);

	private final PerHandler<Boolean> choices = new PerHandler<>(AcceptInterceptor::hasChoice);

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws HttpMediaTypeNotAcceptableException {
		if (handler instanceof HandlerMethod method) {
			boolean choice = this.choices.of(method);
			if (choice) {
				response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
			}
			List<ResponseFormat> offered = choice ? ALL : JSON_ALONE;
			ResponseFormat form = ResponseFormat.choose(accepted(request), offered)
				.orElseThrow(() -> new HttpMediaTypeNotAcceptableException(
						offered.stream().map(ResponseFormat::type).toList()));
			if (choice) {
				form.keepIn(request);
				request.setAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, Set.of(form.type()));
			}
		}
		return true;
	}

	private static boolean hasChoice(HandlerMethod method) {
		return Arrays.stream(method.getMethodParameters())
			.anyMatch((parameter) -> parameter.getParameterType() == ResponseFormat.class);
	}

	private static List<MediaType> accepted(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
		try {
			return MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
		}
		catch (InvalidMediaTypeException ex) {
			throw new HttpMediaTypeNotAcceptableException("Accept cannot be read");
		}
	}

}
