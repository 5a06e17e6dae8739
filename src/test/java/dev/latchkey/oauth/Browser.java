package dev.latchkey.oauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.latchkey.testing.People;
import dev.latchkey.user.User;

/**
 * A person with cookies and without patience for JavaScript.
 */
class Browser {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private static final Pattern REFRESH = Pattern.compile("content=\"0;url=([^\"]+)\"");

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private final String base;

	private String csrf = "";

	Browser(String base) {
		this.base = base;
	}

	/**
	 * Signs in at the page.
	 */
	Browser signIn(User user) {
		signInAndAnswer(user);
		return this;
	}

	/**
	 * Signs in at the page and returns what it answers.
	 */
	HttpResponse<String> signInAndAnswer(User user) {
		String csrf = find(get("/login").body(), CSRF);
		return post("/login", form("_csrf", csrf, "email", user.email(), "password", People.PASSWORD));
	}

	HttpResponse<String> get(String path) {
		return send(HttpRequest.newBuilder(uri(path)).header("Accept", "text/html").build());
	}

	HttpResponse<String> post(String path, String form) {
		return send(HttpRequest.newBuilder(uri(path))
			.header("Accept", "text/html")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form))
			.build());
	}

	private URI uri(String path) {
		return URI.create(path.startsWith("http") ? path : this.base + path);
	}

	/**
	 * Returns the CSRF token of the page seen last.
	 */
	String csrf() {
		return this.csrf;
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
			Matcher seen = CSRF.matcher(answer.body());
			if (seen.find()) {
				this.csrf = seen.group(1);
			}
			return answer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Writes a form from names and values.
	 */
	static String form(String... namesAndValues) {
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
	 * Reads the query of an address.
	 */
	static Map<String, String> query(String location) {
		String query = URI.create(location).getRawQuery();
		return (query != null) ? Arrays.stream(query.split("&"))
			.map((pair) -> pair.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
					(one, other) -> one, LinkedHashMap::new))
				: Map.of();
	}

	static String location(HttpResponse<String> response) {
		return response.headers().firstValue("Location").orElseThrow();
	}

	/**
	 * Returns where a page leads by itself.
	 */
	static String leadsTo(HttpResponse<String> page) {
		return find(page.body(), REFRESH).replace("&amp;", "&");
	}

	private static String find(String text, Pattern pattern) {
		Matcher matcher = pattern.matcher(text);
		if (!matcher.find()) {
			throw new IllegalStateException("There is no such thing on the page: " + text);
		}
		return matcher.group(1);
	}

}
