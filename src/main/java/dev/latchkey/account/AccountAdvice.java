package dev.latchkey.account;

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
 * Turns what is refused about accounts into problems.
 */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class AccountAdvice {

	@ExceptionHandler(LastAdminException.class)
	ResponseEntity<ProblemDetail> lastAdmin(LastAdminException refusal, HttpServletRequest request) {
		return Problems.response(ProblemCode.LAST_ADMIN, refusal, request);
	}

	@ExceptionHandler(PasswordUncheckedException.class)
	ResponseEntity<ProblemDetail> unchecked(PasswordUncheckedException refusal, HttpServletRequest request) {
		return Problems.response(ProblemCode.UNAVAILABLE, refusal, request);
	}

}
