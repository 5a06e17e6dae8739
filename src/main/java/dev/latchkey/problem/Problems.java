package dev.latchkey.problem;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.value.Echo;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.Ids;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * Makes the bodies of RFC 9457 section 3.
 */
public final class Problems {

	/** The detail that goes with a list of fields. */
	public static final String INVALID_FIELDS = "Some fields were not accepted.";

	/**
	 * The attribute of a request that says what its error page may say of the reason;
	 * whoever calls {@code sendError} sets it before.
	 */
	public static final String DETAIL = Problems.class.getName() + ".DETAIL";

	/** A segment of a path that may be a token in the wrong place: none is shorter. */
	private static final Pattern LONG_SEGMENT = Pattern.compile("[^/]{20,}");

	/** Where clients read the member {@code error} (RFC 6749 section 5.2). */
	private static final Pattern OAUTH = Pattern.compile("^/(oauth2|security|\\.well-known)/");

	private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

	private Problems() {
	}

	/**
	 * Returns what is said of a database that could not do something: of a change that
	 * may have been made all the same, that nobody knows.
	 */
	static String outage(HttpServletRequest request, Throwable failure) {
		boolean changes = !READING.contains(request.getMethod());
		return (changes && DatabaseOutage.leavesUnknown(failure)) ? DatabaseOutage.UNKNOWN_DETAIL
				: DatabaseOutage.DETAIL;
	}

	/**
	 * Returns the status of the answer to a request whose failure nobody has caught.
	 */
	public static HttpStatus status(Throwable uncaught) {
		return DatabaseOutage.isCauseOf(uncaught) ? ProblemCode.UNAVAILABLE.status()
				: ProblemCode.INTERNAL_ERROR.status();
	}

	/**
	 * Returns a body whose {@code instance} is the path asked for, without its query.
	 */
	public static ProblemDetail of(ProblemCode code, String detail, HttpServletRequest request) {
		return of(code, detail, List.of(), request);
	}

	/**
	 * Returns a body with the fields that were not accepted.
	 */
	public static ProblemDetail of(ProblemCode code, String detail, List<FieldFault> errors,
			HttpServletRequest request) {
		return of(code, detail, errors, request.getRequestURI());
	}

	static ProblemDetail of(ProblemCode code, String detail, List<FieldFault> errors, String path) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(code.status(), detail);
		problem.setType(code.type());
		problem.setTitle(code.title());
		problem.setInstance(instance(path));
		problem.setProperty("code", code.value());
		if (OAUTH.matcher(path).find()) {
			problem.setProperty("error", error(code));
			problem.setProperty("error_description", detail);
		}
		if (!errors.isEmpty()) {
			problem.setProperty("errors", errors);
		}
		return problem;
	}

	/**
	 * Returns the headers that go with a body: what it is, that nobody keeps it, and of a
	 * request that cannot be decided now, when to ask again, in seconds.
	 */
	public static HttpHeaders headers(ProblemDetail problem) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setCacheControl(CacheControl.noStore());
		if (problem.getStatus() == ProblemCode.UNAVAILABLE.status().value()) {
			headers.set(HttpHeaders.RETRY_AFTER, DatabaseOutage.RETRY_AFTER_SECONDS);
		}
		return headers;
	}

	/**
	 * Returns the answer with such a body, whose detail is what the refusal says.
	 */
	public static ResponseEntity<ProblemDetail> response(ProblemCode code, Exception refusal,
			HttpServletRequest request) {
		ProblemDetail problem = of(code, String.valueOf(refusal.getMessage()), request);
		return ResponseEntity.status(code.status()).headers(headers(problem)).body(problem);
	}

	private static String error(ProblemCode code) {
		return switch (code) {
			case UNAVAILABLE -> "temporarily_unavailable";
			case INTERNAL_ERROR -> "server_error";
			case RATE_LIMITED -> code.value();
			default -> "invalid_request";
		};
	}

	private static String shown(String segment) {
		return Ids.parse(segment).isPresent() ? segment : Echo.of(segment);
	}

	private static URI instance(String path) {
		try {
			return URI.create(LONG_SEGMENT.matcher(path)
				.replaceAll((segment) -> Matcher.quoteReplacement(shown(segment.group()))));
		}
		catch (IllegalArgumentException ex) {
			return URI.create("/");
		}
	}

}
