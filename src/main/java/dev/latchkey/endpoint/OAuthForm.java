package dev.latchkey.endpoint;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;

/**
 * The form of a request as {@link OAuthParameterFilter} shows it, each parameter at most
 * once (RFC 6749 section 3.2).
 *
 * @param request the request
 */
public record OAuthForm(HttpServletRequest request) {

	/**
	 * Takes the form.
	 * @throws OAuthException if there is none
	 */
	public static OAuthForm of(HttpServletRequest request) {
		String type = request.getContentType();
		if (type == null || !type.regionMatches(true, 0, MediaType.APPLICATION_FORM_URLENCODED_VALUE, 0,
				MediaType.APPLICATION_FORM_URLENCODED_VALUE.length())) {
			throw OAuthException.invalidRequest("This endpoint takes application/x-www-form-urlencoded.");
		}
		return new OAuthForm(request);
	}

	/**
	 * Returns the parameter, or null where it is left out.
	 * @throws OAuthException if it is given twice
	 */
	public @Nullable String find(String name) {
		String[] values = this.request.getParameterValues(name);
		if (values == null) {
			return null;
		}
		if (values.length > 1) {
			throw OAuthException.invalidRequest("The parameter %s is given twice.".formatted(name));
		}
		return values[0];
	}

	/**
	 * Returns the parameter.
	 * @throws OAuthException if it is left out, or given twice
	 */
	public String require(String name) {
		String value = find(name);
		if (value == null) {
			throw OAuthException.invalidRequest("The parameter %s is missing.".formatted(name));
		}
		return value;
	}

}
