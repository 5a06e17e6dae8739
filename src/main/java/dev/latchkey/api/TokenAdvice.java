package dev.latchkey.api;

import dev.latchkey.caller.SignInTooOldException;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.Problems;
import dev.latchkey.token.AlreadyRotatedException;
import dev.latchkey.token.QuotaExceededException;
import dev.latchkey.token.TokenNotActiveException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Turns what is refused about tokens, and rights too old a sign-in may not give, into
 * problems.
 */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class TokenAdvice {

	@ExceptionHandler(AlreadyRotatedException.class)
	ResponseEntity<ProblemDetail> rotated(AlreadyRotatedException refusal, HttpServletRequest request) {
		return Problems.response(ProblemCode.ALREADY_ROTATED, refusal, request);
	}

	@ExceptionHandler(TokenNotActiveException.class)
	ResponseEntity<ProblemDetail> ended(TokenNotActiveException refusal, HttpServletRequest request) {
		return Problems.response(ProblemCode.TOKEN_NOT_ACTIVE, refusal, request);
	}

	@ExceptionHandler(QuotaExceededException.class)
	ResponseEntity<ProblemDetail> tooMany(QuotaExceededException refusal, HttpServletRequest request) {
		return Problems.response(ProblemCode.QUOTA_EXCEEDED, refusal, request);
	}

	@ExceptionHandler(SignInTooOldException.class)
	ResponseEntity<ProblemDetail> tooOld(SignInTooOldException refusal, HttpServletRequest request) {
		return Problems.response(ProblemCode.FORBIDDEN, refusal, request);
	}

}
