package dev.latchkey.caller;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.scope.ScopeCatalogue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * A 403 in the words of the audit: who was refused, at which route, and which scopes were
 * lacking.
 */
public final class RefusedRight {

	private static final Pattern LACKING = Pattern
		.compile("insufficient_scope\"(?:, scope=\"([^\"]*)\"|(?!, error_description))");

	private static final String NONE = ", lacks a scope that is none";

	private RefusedRight() {
	}

	/**
	 * Returns what the audit is told of a request that was answered so.
	 */
	public static AuditedAct of(HttpServletRequest request, HttpServletResponse response, ScopeCatalogue catalogue) {
		Actor actor = Actor.of(request);
		return AuditedAct.ofToken(AuditAction.RIGHT_REFUSED, actor, actor.accountId(), actor.tokenId())
			.saying(route(request) + lacking(response.getHeader(HttpHeaders.WWW_AUTHENTICATE), catalogue));
	}

	/** Of the path, only what the server itself has named: it may hold anything else. */
	private static String route(HttpServletRequest request) {
		boolean known = Arrays.asList(HttpMethod.values()).contains(HttpMethod.valueOf(request.getMethod()));
		Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (known ? request.getMethod() : "?") + " " + ((pattern != null) ? pattern : "before any route");
	}

	/** A proxy may ask for scopes that do not exist, whatever they hold. */
	private static String lacking(@Nullable String challenge, ScopeCatalogue catalogue) {
		Matcher lacking = LACKING.matcher((challenge != null) ? challenge : "");
		if (!lacking.find()) {
			return "";
		}
		if (lacking.group(1) == null) {
			return NONE;
		}
		List<String> scopes = List.of(lacking.group(1).split(" "));
		try {
			return scopes.stream().allMatch(catalogue::admits) ? ", lacks " + String.join(" ", scopes) : NONE;
		}
		catch (DataAccessException ex) {
			// The refusal stands, whether its scopes can be looked up now or not.
			return ", lacks a scope that could not be looked up";
		}
	}

}
