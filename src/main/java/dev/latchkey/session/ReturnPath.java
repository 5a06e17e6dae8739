package dev.latchkey.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.caller.SessionUser;
import dev.latchkey.scope.GivesNoRight;
import dev.latchkey.scope.GivesRight;
import dev.latchkey.value.TokenForm;
import dev.latchkey.web.KeptFormRequest;
import dev.latchkey.web.TokensInParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UriUtils;

/**
 * Remembers where somebody was who has to sign in first, and what was typed there if it
 * was a form: the page that shows the form then has it again, once. Passwords are not
 * kept, nor what another origin sent. It stands in the session, and for whom nobody knows
 * in a cookie until he has one. Spring's own cache would put all headers, with the
 * cookies, into the database.
 */
@Component
class ReturnPath implements RequestCache {

	/** The attribute of the session that is the address to go back to. */
	static final String ADDRESS = ReturnPath.class.getName();

	/**
	 * The attribute that is who sent the form, the page that shows it, and its fields.
	 */
	static final String FORM = ADDRESS + ".FORM";

	/** In characters. The container sends nobody to a longer address. */
	private static final int MAX_ADDRESS = 7_000;

	/** In characters, too. */
	private static final int MAX_FORM = 16_000;

	/** Of a field, and no path within one. */
	private static final Pattern NAME = Pattern.compile("\\w+");

	/** The fields of all forms that are secrets. */
	static final Set<String> SECRET = Set.of("_csrf", "password", "current");

	/**
	 * Keeps the address, whatever the method: each page that takes a form also shows it,
	 * or says which one does.
	 */
	@Override
	public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		boolean sent = HttpMethod.POST.matches(request.getMethod());
		String address = sent ? pageOf(request) : address(request);
		if (accept == null || !accept.contains(MediaType.TEXT_HTML_VALUE)) {
			return;
		}
		Map<String, String[]> fields = sent ? request.getParameterMap() : KeptFormRequest.fields(request);
		String typed = (fields != null && !CorsUtils.isCorsRequest(request)) ? typed(fields) : "";
		HttpSession session = request.getSession(false);
		if (session == null || SessionCallers.signedIn(session) == null) {
			ReturnCookie.write(request, response, address, typed);
			return;
		}
		session.setAttribute(ADDRESS, (address.length() <= MAX_ADDRESS) ? address : Home.TOKENS);
		keep(session, sender(session), address, (typed.length() <= MAX_FORM) ? typed : "");
	}

	private static void keep(HttpSession session, String sender, String address, String typed) {
		if (typed.isEmpty()) {
			session.removeAttribute(FORM);
		}
		else {
			session.setAttribute(FORM, String.join("\n", sender, address, typed));
		}
	}

	/** Where the form stands that is sent to this address. */
	private static String pageOf(HttpServletRequest request) {
		if (request.getAttribute(KeptFormRequest.PAGE) instanceof String page) {
			return page;
		}
		String page = (request
			.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler)
					? pageOf(handler) : "";
		return page.isEmpty() ? request.getRequestURI() : page;
	}

	private static String pageOf(HandlerMethod handler) {
		GivesRight giving = handler.getMethodAnnotation(GivesRight.class);
		GivesNoRight other = handler.getMethodAnnotation(GivesNoRight.class);
		return (giving != null) ? giving.page() : (other != null) ? other.page() : "";
	}

	/** The pages take no token in their addresses, so that none is led to there. */
	private static String address(HttpServletRequest request) {
		String query = TokensInParameters.find(request).isEmpty() ? request.getQueryString() : null;
		return request.getRequestURI() + (StringUtils.hasLength(query) ? "?" + query : "");
	}

	private static String typed(Map<String, String[]> fields) {
		StringJoiner typed = new StringJoiner("&");
		fields.forEach((name, values) -> {
			if (!SECRET.contains(name)
					&& Stream.concat(Stream.of(name), Stream.of(values)).noneMatch(TokenForm::isIn)) {
				for (String value : values) {
					typed.add(encode(name) + "=" + encode(value));
				}
			}
		});
		return typed.toString();
	}

	private static String encode(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

	/** Nobody is named where the session had ended before the form came. */
	private static String sender(HttpSession session) {
		SessionUser user = SessionCallers.signedIn(session);
		return (user != null) ? user.id().toString() : "";
	}

	@Override
	public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
		String kept = ReturnCookie.address(request);
		if (kept != null) {
			return new SimpleSavedRequest(kept);
		}
		HttpSession session = request.getSession(false);
		return (session != null && session.getAttribute(ADDRESS) instanceof String address)
				? new SimpleSavedRequest(address) : null;
	}

	/**
	 * Puts the form that was kept into the first request for its page, if it is for whom
	 * had sent it: on one machine another person may have signed in.
	 */
	@Override
	public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = HttpMethod.GET.matches(request.getMethod()) ? request.getSession(false) : null;
		if (session == null || !(session.getAttribute(FORM) instanceof String kept)) {
			return null;
		}
		List<String> parts = List.of(kept.split("\n", 3));
		if (parts.size() < 3 || !parts.get(1).equals(address(request))) {
			return null;
		}
		session.removeAttribute(FORM);
		if (!parts.get(0).isEmpty() && !parts.get(0).equals(sender(session))) {
			return null;
		}
		try {
			return new KeptFormRequest(request, fields(parts.get(2)));
		}
		catch (IllegalArgumentException ex) {
			// It was kept in a cookie, of which a part is missing or changed.
			return null;
		}
	}

	private static Map<String, String[]> fields(String typed) {
		MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
		for (String field : typed.split("&", -1)) {
			int equals = field.indexOf('=');
			Assert.isTrue(equals >= 0, "There is no name");
			String name = UriUtils.decode(field.substring(0, equals), StandardCharsets.UTF_8);
			if (NAME.matcher(name).matches()) {
				fields.add(name, UriUtils.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
			}
		}
		return fields.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (field) -> field.getValue().toArray(String[]::new)));
	}

	/** What the cookie kept of a form waits in the session for its page. */
	@Override
	public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		String kept = ReturnCookie.address(request);
		if (session != null) {
			session.removeAttribute(ADDRESS);
			if (kept != null) {
				keep(session, "", kept, ReturnCookie.typed(request));
			}
		}
		ReturnCookie.clear(request, response);
	}

}
