package dev.latchkey.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.problem.Problems;
import dev.latchkey.value.Echo;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.TokenForm;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a parameter, of a query or of a form, in which a token stands: what it names
 * would be kept and shown where no token may be. The field is named, and nothing is
 * repeated of it, on the page neither.
 */
public class TokensInParameters implements HandlerInterceptor {

	static final String RULE = "must not have a token in it; whoever has seen the token can use it, so revoke it";

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (!(handler instanceof HandlerMethod) || request.getDispatcherType() == DispatcherType.ERROR
				|| (request.getQueryString() == null && request.getContentType() == null)) {
			return true;
		}
		List<FieldFault> faults = find(request);
		if (faults.isEmpty()) {
			return true;
		}
		if (request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
			throw new ProblemException(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS, faults);
		}
		FieldFault first = faults.get(0);
		request.setAttribute(Problems.DETAIL, "The field '%s' %s.".formatted(first.field(), first.message()));
		response.sendError(HttpStatus.UNPROCESSABLE_CONTENT.value());
		return false;
	}

	/**
	 * Returns the parameters in which a token stands, and repeats nothing of it.
	 */
	public static List<FieldFault> find(HttpServletRequest request) {
		List<FieldFault> faults = new ArrayList<>();
		request.getParameterMap().forEach((name, values) -> {
			if (Stream.concat(Stream.of(name), Stream.of(values)).anyMatch(TokenForm::isIn)) {
				faults.add(new FieldFault(Echo.of(TokenForm.masked(name)), RULE));
			}
		});
		return faults;
	}

}
