package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.caller.User;

/**
 * Visits pages as a browser without a screen does: keeps cookies, follows no redirect,
 * and sends the CSRF token of the page it saw last.
 */
public class Visitor {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");

	private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

	private final CookieManager cookies;

	private final HttpClient client;

	private final String base;

	private String browser = "";

	private String csrf = "";

	private String form = "";

	/**
	 * Comes to the server at this address.
	 */
	public Visitor(String base) {
		this(base, new CookieManager());
	}

	/**
	 * Comes with these cookies.
	 */
	public Visitor(String base, CookieManager cookies) {
		this.base = base;
		this.cookies = cookies;
		this.client = HttpClient.newBuilder().cookieHandler(cookies).build();
	}

	/**
	 * Says from now on that it is this browser.
	 */
	public Visitor as(String userAgent) {
		this.browser = userAgent;
		return this;
	}

	/**
	 * Returns the cookies.
	 */
	public CookieManager cookies() {
		return this.cookies;
	}

	/**
	 * Signs in and returns the answer to the form.
	 */
	public HttpResponse<String> signIn(String email, String password) {
		get("/login");
		return post("/login", "email", email, "password", password);
	}

	/**
	 * Signs in one of the {@link People}.
	 */
	public Visitor signIn(User user) {
		signIn(user.email(), People.PASSWORD);
		return this;
	}

	/**
	 * Asks for a page.
	 */
	public HttpResponse<String> get(String path) {
		return send(request(path).GET());
	}

	/**
	 * Sends a form: names and values in turn.
	 */
	public HttpResponse<String> post(String path, String... fields) {
		StringBuilder body = new StringBuilder("_csrf=").append(encode(this.csrf));
		for (int i = 0; i < fields.length; i += 2) {
			body.append('&').append(encode(fields[i])).append('=').append(encode(fields[i + 1]));
		}
		return send(request(path).header("Content-Type", Forms.TYPE).POST(BodyPublishers.ofString(body.toString())));
	}

	/**
	 * Sends a form as it is written, without a CSRF token of its own.
	 */
	public HttpResponse<String> postForm(String path, String form) {
		return send(request(path).header("Content-Type", Forms.TYPE).POST(BodyPublishers.ofString(form)));
	}

	/**
	 * Returns the number of the form seen last.
	 */
	public String form() {
		return this.form;
	}

	/**
	 * Returns the CSRF token of the page seen last.
	 */
	public String csrf() {
		return this.csrf;
	}

	/**
	 * Forgets the CSRF token.
	 */
	public void forgetCsrf() {
		this.csrf = "";
	}

	/**
	 * Returns the session's cookie.
	 */
	public String session() {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals("latchkey_session"))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElse("");
	}

	/**
	 * Takes over a session's cookie.
	 */
	public void session(String value) {
		HttpCookie cookie = new HttpCookie("latchkey_session", value);
		cookie.setPath("/");
		cookie.setVersion(0);
		this.cookies.getCookieStore().add(URI.create(this.base), cookie);
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(path.startsWith("http") ? path : this.base + path))
			.header("Accept", "text/html");
		return this.browser.isEmpty() ? request : request.header("User-Agent", this.browser);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> answer = this.client.send(request.build(), BodyHandlers.ofString());
			this.csrf = find(CSRF, answer.body(), this.csrf);
			this.form = find(FORM, answer.body(), this.form);
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

	private static String find(Pattern pattern, String body, String otherwise) {
		Matcher matcher = pattern.matcher(body);
		return matcher.find() ? matcher.group(1) : otherwise;
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
