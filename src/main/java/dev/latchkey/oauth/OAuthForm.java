package dev.latchkey.oauth;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;

/**
 * The form of a request as {@link GivenParameters} shows it, each parameter at most once
 * (RFC 6749 section 3.2).
 *
 * @param request the request
 */
record OAuthForm(HttpServletRequest request) {

	/**
	 * Takes the form.
	 * @throws OAuthRefusal if there is none
	 */
	static OAuthForm of(HttpServletRequest request) {
		String type = request.getContentType();
		if (type == null || !type.regionMatches(true, 0, MediaType.APPLICATION_FORM_URLENCODED_VALUE, 0,
				MediaType.APPLICATION_FORM_URLENCODED_VALUE.length())) {
			throw OAuthRefusal.invalidRequest("This endpoint takes application/x-www-form-urlencoded.");
		}
		return new OAuthForm(request);
	}

	@Nullable String find(String name) {
		String[] values = this.request.getParameterValues(name);
		if (values == null) {
			return null;
		}
		if (values.length > 1) {
			throw OAuthRefusal.invalidRequest("The parameter %s stands there twice.".formatted(name));
		}
		return values[0];
	}

	String require(String name) {
		String value = find(name);
		if (value == null) {
			throw OAuthRefusal.invalidRequest("The parameter %s is missing.".formatted(name));
		}
		return value;
	}

}
