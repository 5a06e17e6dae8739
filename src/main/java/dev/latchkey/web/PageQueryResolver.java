package dev.latchkey.web;

import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.problem.Problems;
import dev.latchkey.value.FieldFault;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives handlers the page that {@code ?page=} and {@code &size=} ask for.
 */
class PageQueryResolver implements HandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == PageQuery.class;
	}

	@Override
	public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
		HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
		if (servlet != null && ResponseFormat.of(servlet) != ResponseFormat.JSON) {
			refusePage(request);
		}
		return PageQuery.of(request.getParameter(PageQuery.PAGE), request.getParameter(PageQuery.SIZE));
	}

	/** Whoever wants a page of what has none would take a part for the whole. */
	private static void refusePage(NativeWebRequest request) {
		List<FieldFault> faults = Stream.of(PageQuery.PAGE, PageQuery.SIZE)
			.filter((name) -> request.getParameter(name) != null)
			.map((name) -> new FieldFault(name, "goes with application/json alone: what is exported comes unpaged"))
			.toList();
		if (!faults.isEmpty()) {
			throw new ProblemException(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS, faults);
		}
	}

}
