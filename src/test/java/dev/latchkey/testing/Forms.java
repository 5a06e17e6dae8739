package dev.latchkey.testing;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes forms and reads where their answers lead.
 */
public final class Forms {

	/** The type of a form's body. */
	public static final String TYPE = "application/x-www-form-urlencoded";

	private static final Pattern REFRESH = Pattern.compile("content=\"0;url=([^\"]+)\"");

	private Forms() {
	}

	/**
	 * Writes a form from names and values.
	 */
	public static String form(String... namesAndValues) {
		StringBuilder form = new StringBuilder();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			form.append((i > 0) ? "&" : "")
				.append(namesAndValues[i])
				.append('=')
				.append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
		}
		return form.toString();
	}

	/**
	 * Writes the header by which a client proves itself (RFC 6749 section 2.3.1).
	 */
	public static String basic(String clientId, String secret) {
		return "Basic "
				+ Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Reads the query of an address.
	 */
	public static Map<String, String> query(String location) {
		String query = URI.create(location).getRawQuery();
		return (query != null) ? Arrays.stream(query.split("&"))
			.map((pair) -> pair.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
					(one, other) -> one, LinkedHashMap::new))
				: Map.of();
	}

	/**
	 * Returns where an answer leads.
	 */
	public static String location(HttpResponse<String> response) {
		return response.headers().firstValue("Location").orElseThrow();
	}

	/**
	 * Returns where a page leads by itself.
	 */
	public static String leadsTo(HttpResponse<String> page) {
		return find(page.body()).replace("&amp;", "&");
	}

	private static String find(String text) {
		Matcher matcher = REFRESH.matcher(text);
		if (!matcher.find()) {
			throw new IllegalStateException("There is no such thing on the page: " + text);
		}
		return matcher.group(1);
	}

}
