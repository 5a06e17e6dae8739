package dev.latchkey.security;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.scope.ScopeCatalogue;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Tells the audit of every 403, whoever behind it has answered so: a filter, a route, a
 * proxy's question, an endpoint of OAuth, or who refuses other origins before all others.
 */
class RefusedRightsFilter implements Filter {

	private static final Pattern LACKING = Pattern.compile("insufficient_scope\", scope=\"([^\"]*)\"");

	private final ScopeCatalogue catalogue;

	private final ApplicationEventPublisher events;

	RefusedRightsFilter(ScopeCatalogue catalogue, ApplicationEventPublisher events) {
		this.catalogue = catalogue;
		this.events = events;
	}

	@Override
	public void doFilter(ServletRequest given, ServletResponse answer, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(given, answer);
		HttpServletRequest request = (HttpServletRequest) given;
		HttpServletResponse response = (HttpServletResponse) answer;
		if (response.getStatus() == HttpStatus.FORBIDDEN.value()) {
			Actor actor = Actor.of(request);
			this.events
				.publishEvent(new AuditedAct(AuditAction.RIGHT_REFUSED, actor, actor.accountId(), actor.tokenId(),
						List.of(), route(request) + lacking(response.getHeader(HttpHeaders.WWW_AUTHENTICATE))));
		}
	}

	/** Of the path, only what the server itself has named: it may hold anything else. */
	private static String route(HttpServletRequest request) {
		boolean known = Arrays.asList(HttpMethod.values()).contains(HttpMethod.valueOf(request.getMethod()));
		Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (known ? request.getMethod() : "?") + " " + ((pattern != null) ? pattern : "before any route");
	}

	/** A proxy may ask for scopes that do not exist, whatever they hold. */
	private String lacking(@Nullable String challenge) {
		Matcher lacking = LACKING.matcher((challenge != null) ? challenge : "");
		if (!lacking.find()) {
			return "";
		}
		List<String> scopes = List.of(lacking.group(1).split(" "));
		try {
			return ", lacks " + (scopes.stream().allMatch(this.catalogue::admits) ? String.join(" ", scopes)
					: "a scope that is none");
		}
		catch (DataAccessException ex) {
			// The refusal stands, whether its scopes can be looked up now or not.
			return ", lacks a scope that could not be looked up";
		}
	}

}
