package dev.latchkey.problem;

import java.util.List;
import java.util.stream.Collectors;

import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.value.InvalidFieldsException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns what goes wrong in a REST controller, or before one is found, into a problem.
 */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

	@ExceptionHandler(ProblemException.class)
	ResponseEntity<Object> refused(ProblemException refusal, HttpServletRequest request) {
		return answer(Problems.of(refusal.code(), String.valueOf(refusal.getMessage()), refusal.errors(), request),
				new HttpHeaders());
	}

	@ExceptionHandler(TooManyException.class)
	ResponseEntity<Object> refused(TooManyException refusal, HttpServletRequest request) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfter()));
		return answer(Problems.of(refusal.code(), String.valueOf(refusal.getMessage()), request), headers);
	}

	@ExceptionHandler(UnavailableException.class)
	ResponseEntity<Object> undecided(UnavailableException refusal, HttpServletRequest request) {
		return answer(Problems.of(ProblemCode.UNAVAILABLE, String.valueOf(refusal.getMessage()), request),
				new HttpHeaders());
	}

	@ExceptionHandler(InvalidFieldsException.class)
	ResponseEntity<Object> refused(InvalidFieldsException refusal, HttpServletRequest request) {
		return answer(Problems.of(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS, refusal.faults(), request),
				new HttpHeaders());
	}

	/**
	 * Refusals of a right belong to the security filters, which know the headers that go
	 * with them; those of the firewall come late where they are about a parameter.
	 */
	@ExceptionHandler({ AccessDeniedException.class, AuthenticationException.class, RequestRejectedException.class })
	void leaveToFilters(RuntimeException refusal) {
		throw refusal;
	}

	/**
	 * An answer that has begun cannot become a problem, and must not look finished: the
	 * container breaks the connection off when the failure reaches it.
	 */
	@ExceptionHandler(Exception.class)
	ResponseEntity<Object> failed(Exception failure, HttpServletRequest request, HttpServletResponse response)
			throws Exception {
		if (response.isCommitted()) {
			throw failure;
		}
		if (DatabaseOutage.isCauseOf(failure)) {
			log.warn("The database could not do this: {}", failure.getClass().getSimpleName());
			return answer(Problems.of(ProblemCode.UNAVAILABLE, Problems.outage(request, failure), request),
					new HttpHeaders());
		}
		log.error("A request failed", failure);
		return answer(
				Problems.of(ProblemCode.INTERNAL_ERROR, "The server has failed. The log has the reason.", request),
				new HttpHeaders());
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException unreadable,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemException refusal = refusal(unreadable);
		if (refusal != null) {
			return refused(refusal, servlet(request));
		}
		UnreadableBody body = (unreadable.getHttpInputMessage() instanceof FieldByField fields)
				? UnreadableBody.of(unreadable.getCause(), fields) : UnreadableBody.of(unreadable.getCause());
		return answer(Problems.of(body.code(), body.detail(), body.errors(), servlet(request)), headers);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception failure, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemCode code = ProblemCode.of(status);
		return answer(Problems.of(code, detail(code, failure), List.of(), servlet(request)), headers);
	}

	/** Whoever forgets to say of which type the body is hears what is taken. */
	private static String detail(ProblemCode code, Exception failure) {
		List<MediaType> taken = (failure instanceof HttpMediaTypeNotSupportedException refused)
				? refused.getSupportedMediaTypes().stream().filter(MediaType::isConcrete).toList() : List.of();
		return taken.isEmpty() ? code.title() + "." : "The route takes %s; the header Content-Type has to say so."
			.formatted(taken.stream().map(MediaType::toString).collect(Collectors.joining(" or ")));
	}

	/** Whatever read the body may have refused it by itself, its size for example. */
	private static @Nullable ProblemException refusal(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; depth < 20 && cause != null && !(cause instanceof ProblemException); depth++) {
			cause = cause.getCause();
		}
		return (cause instanceof ProblemException refusal) ? refusal : null;
	}

	private static HttpServletRequest servlet(WebRequest request) {
		return ((ServletWebRequest) request).getRequest();
	}

	private static ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
		return ResponseEntity.status(problem.getStatus())
			.headers(headers)
			.headers(Problems.headers(problem))
			.body(problem);
	}

}
