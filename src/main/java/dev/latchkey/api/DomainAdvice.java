package dev.latchkey.api;

import dev.latchkey.problem.FieldFault;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.problem.Problems;
import dev.latchkey.token.AlreadyRotatedException;
import dev.latchkey.token.TokenNotActiveException;
import dev.latchkey.token.TokenRejectedException;
import dev.latchkey.user.LastAdminException;
import dev.latchkey.user.PasswordUncheckedException;
import dev.latchkey.user.SignInTooOldException;
import dev.latchkey.user.UserRejectedException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Turns refusals of the domain into problems.
 */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class DomainAdvice {

	@ExceptionHandler(TokenRejectedException.class)
	ResponseEntity<ProblemDetail> rejected(TokenRejectedException refusal, HttpServletRequest request) {
		return answer(Problems.of(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS,
				refusal.violations().stream().map((fault) -> new FieldFault(fault.field(), fault.message())).toList(),
				request));
	}

	@ExceptionHandler(UserRejectedException.class)
	ResponseEntity<ProblemDetail> rejected(UserRejectedException refusal, HttpServletRequest request) {
		ProblemException problem = ProblemException.invalid(refusal.field(), String.valueOf(refusal.getMessage()));
		return answer(Problems.of(problem.code(), Problems.INVALID_FIELDS, problem.errors(), request));
	}

	@ExceptionHandler(AlreadyRotatedException.class)
	ResponseEntity<ProblemDetail> rotated(AlreadyRotatedException refusal, HttpServletRequest request) {
		return answer(Problems.of(ProblemCode.ALREADY_ROTATED, String.valueOf(refusal.getMessage()), request));
	}

	@ExceptionHandler(TokenNotActiveException.class)
	ResponseEntity<ProblemDetail> ended(TokenNotActiveException refusal, HttpServletRequest request) {
		return answer(Problems.of(ProblemCode.TOKEN_NOT_ACTIVE, String.valueOf(refusal.getMessage()), request));
	}

	@ExceptionHandler(LastAdminException.class)
	ResponseEntity<ProblemDetail> lastAdmin(LastAdminException refusal, HttpServletRequest request) {
		return answer(Problems.of(ProblemCode.LAST_ADMIN, String.valueOf(refusal.getMessage()), request));
	}

	@ExceptionHandler(SignInTooOldException.class)
	ResponseEntity<ProblemDetail> tooOld(SignInTooOldException refusal, HttpServletRequest request) {
		return answer(Problems.of(ProblemCode.FORBIDDEN, String.valueOf(refusal.getMessage()), request));
	}

	@ExceptionHandler(PasswordUncheckedException.class)
	ResponseEntity<ProblemDetail> unchecked(PasswordUncheckedException refusal, HttpServletRequest request) {
		return answer(Problems.of(ProblemCode.UNAVAILABLE, String.valueOf(refusal.getMessage()), request));
	}

	private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
		return ResponseEntity.status(problem.getStatus()).headers(Problems.headers(problem)).body(problem);
	}

}
