package dev.latchkey.web;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Chooses the form of the answer, and refuses a request whose sender takes none that the
 * route has before anything is done, where Spring would find out only when the work is
 * done and the answer is lost: a token made so would never be shown. An answer without a
 * body has no form.
 */
class AcceptInterceptor implements HandlerInterceptor {

	private static final List<ResponseFormat> ALL = List.of(ResponseFormat.values());

	private static final List<ResponseFormat> WITHOUT_CSV = List.of(ResponseFormat.JSON, ResponseFormat.JSON_LINES);

	private static final List<ResponseFormat> JSON_ALONE = List.of(ResponseFormat.JSON);

	private static final Map<ResponseFormat, Set<MediaType>> PRODUCIBLE = ALL.stream()
		.collect(Collectors.toUnmodifiableMap(Function.identity(), (form) -> Set.of(form.type())));

	private static final Set<MediaType> JSON = Objects.requireNonNull(PRODUCIBLE.get(ResponseFormat.JSON));

	private final PerHandler<List<ResponseFormat>> choices = new PerHandler<>(AcceptInterceptor::offered);

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws HttpMediaTypeNotAcceptableException {
		if (handler instanceof HandlerMethod method) {
			List<ResponseFormat> offered = this.choices.of(method);
			if (offered.isEmpty()) {
				return true;
			}
			boolean choice = offered.size() > 1;
			if (choice) {
				response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
			}
			ResponseFormat form = ResponseFormat.choose(accepted(request), offered)
				.orElseThrow(() -> new HttpMediaTypeNotAcceptableException(
						offered.stream().map(ResponseFormat::type).toList()));
			if (choice) {
				form.keepIn(request);
			}
			// Else each answer's class would be searched for forms that it could have.
			request.setAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, PRODUCIBLE.get(form));
		}
		return true;
	}

	/**
	 * Returns whether the request came by here, and what answers it is JSON.
	 */
	static boolean hasChosenJson(HttpServletRequest request) {
		return request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) == JSON;
	}

	private static List<ResponseFormat> offered(HandlerMethod method) {
		Class<?> answered = ResolvableType.forMethodReturnType(method.getMethod(), method.getBeanType())
			.as(ResponseEntity.class)
			.resolveGeneric();
		if (method.isVoid() || answered == Void.class) {
			return List.of();
		}
		for (MethodParameter parameter : method.getMethodParameters()) {
			if (parameter.getParameterType() == ResponseFormat.class) {
				return parameter.hasParameterAnnotation(OffersCsv.class) ? ALL : WITHOUT_CSV;
			}
		}
		return JSON_ALONE;
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
