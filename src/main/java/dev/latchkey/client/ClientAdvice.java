package dev.latchkey.client;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Turns what is refused about clients into problems.
 */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ClientAdvice {

	@ExceptionHandler(ClientDisabledException.class)
	ResponseEntity<ProblemDetail> disabled(ClientDisabledException refusal, HttpServletRequest request) {
		return Problems.response(ProblemCode.CLIENT_DISABLED, refusal, request);
	}

}
