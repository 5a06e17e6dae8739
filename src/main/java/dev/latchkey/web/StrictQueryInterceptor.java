package dev.latchkey.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.problem.Problems;
import dev.latchkey.value.Echo;
import dev.latchkey.value.FieldFault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a query parameter that the route does not have, and one that is given twice
 * where it has one value: a slip such as {@code exceptCurrent} would otherwise mean the
 * opposite of what was meant. What a route has, its handler's arguments say. It comes
 * after the decision about who may use the route.
 */
class StrictQueryInterceptor implements HandlerInterceptor {

	private final PerHandler<Map<String, Boolean>> declared = new PerHandler<>(StrictQueryInterceptor::declared);

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (request.getQueryString() != null && handler instanceof HandlerMethod method
				&& !HttpMethod.OPTIONS.matches(request.getMethod())) {
			// The container refuses here what it cannot read.
			request.getParameterMap();
			List<FieldFault> faults = faults(QueryString.count(request.getQueryString()), this.declared.of(method));
			if (!faults.isEmpty()) {
				throw new ProblemException(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS, faults);
			}
		}
		return true;
	}

	private static List<FieldFault> faults(Map<String, Integer> given, Map<String, Boolean> declared) {
		List<FieldFault> faults = new ArrayList<>();
		given.forEach((name, times) -> {
			Boolean several = declared.get(name);
			if (several == null) {
				faults.add(new FieldFault(Echo.of(name), "is not a parameter of this route"));
			}
			else if (times > 1 && !several) {
				faults.add(new FieldFault(name, "is given twice"));
			}
		});
		return faults;
	}

	/** The names, each with whether it may stand there several times. */
	private static Map<String, Boolean> declared(HandlerMethod handler) {
		Map<String, Boolean> names = new HashMap<>();
		for (MethodParameter parameter : handler.getMethodParameters()) {
			RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
			if (annotation != null) {
				names.put(ParameterNames.of(parameter, annotation), isSeveral(parameter.getParameterType()));
			}
			else if (parameter.getParameterType() == PageQuery.class) {
				names.put(PageQuery.PAGE, false);
				names.put(PageQuery.SIZE, false);
			}
		}
		return Map.copyOf(names);
	}

	private static boolean isSeveral(Class<?> type) {
		return type.isArray() || Collection.class.isAssignableFrom(type);
	}

}
