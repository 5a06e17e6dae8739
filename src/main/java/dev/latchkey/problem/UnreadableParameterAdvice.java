package dev.latchkey.problem;

import org.apache.tomcat.util.http.InvalidParameterException;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Leaves a query or a form that Tomcat cannot read to the filter that answers it. It
 * stands apart from {@link ProblemAdvice}, which knows no container.
 */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.LOWEST_PRECEDENCE - 1)
class UnreadableParameterAdvice {

	@ExceptionHandler(InvalidParameterException.class)
	void leaveToFilters(InvalidParameterException refusal) {
		throw refusal;
	}

}
