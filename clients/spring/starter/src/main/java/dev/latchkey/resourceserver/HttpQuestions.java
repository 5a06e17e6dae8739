package dev.latchkey.resourceserver;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Asks by {@code POST /oauth2/introspect}.
 */
class HttpQuestions implements Questions {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	/** None that anybody has, so that this service's own does not count. */
	private static final String NOWHERE = "::";

	private static final long LONGEST_RETRY_AFTER = 3_600;

	private final HttpClient client;

	private final VerifierSettings settings;

	private final URI address;

	HttpQuestions(HttpClient client, VerifierSettings settings) {
		this.client = client;
		this.settings = settings;
		this.address = settings.at("/oauth2/introspect");
	}

	/**
	 * A connection that somebody has closed meanwhile is found out when it is used;
	 * behind a balancer another node answers.
	 */
	@Override
	public Answer ask(String token, @Nullable String presentedFrom, Duration patience) throws InterruptedException {
		long end = System.nanoTime() + patience.toNanos();
		HttpRequest request = request(token, presentedFrom);
		try {
			return send(request, end);
		}
		catch (IOException ex) {
			return sendAgain(request, end);
		}
		catch (TimeoutException ex) {
			return new Answer.Unknown(RETRY_AFTER);
		}
	}

	private Answer sendAgain(HttpRequest request, long end) throws InterruptedException {
		try {
			return send(request, end);
		}
		catch (IOException | TimeoutException ex) {
			return new Answer.Unknown(RETRY_AFTER);
		}
	}

	private HttpRequest request(String token, @Nullable String presentedFrom) {
		String form = "token=%s&client_ip=%s".formatted(encoded(token),
				encoded((presentedFrom != null) ? presentedFrom : NOWHERE));
		return HttpRequest.newBuilder(this.address)
			.header("Authorization", this.settings.authorization())
			.header("Accept", "application/json")
			.header("Cache-Control", "no-cache")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form, StandardCharsets.US_ASCII))
			.build();
	}

	private Answer send(HttpRequest request, long end) throws IOException, InterruptedException, TimeoutException {
		CompletableFuture<HttpResponse<String>> response = this.client.sendAsync(request, (head) -> new BoundedBody());
		try {
			return answer(response.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
		}
		catch (ExecutionException ex) {
			throw new IOException("Nobody answered", ex.getCause());
		}
		finally {
			// Does nothing to one that has come.
			response.cancel(true);
		}
	}

	/** Whatever is said about this client itself says nothing about the token. */
	private static Answer answer(HttpResponse<String> response) {
		int status = response.statusCode();
		if (status == 200) {
			try {
				return Answer.read(response.body());
			}
			catch (UnreadableAnswerException ex) {
				return new Answer.Unknown(RETRY_AFTER);
			}
		}
		Duration wait = Duration.ofSeconds(seconds(response));
		boolean ofToken = response.headers()
			.firstValue("RateLimit-Policy")
			.filter((policy) -> policy.startsWith("\"token\";q="))
			.isPresent();
		return (status == 429 && ofToken) ? new Answer.Limited(new RateLimit(quota(response), 0, wait.toSeconds()))
				: new Answer.Unknown(wait);
	}

	private static long seconds(HttpResponse<String> response) {
		return response.headers()
			.firstValue("Retry-After")
			.filter((value) -> value.matches("[0-9]{1,9}"))
			.map(Long::valueOf)
			.map((seconds) -> Math.max(1, Math.min(seconds, LONGEST_RETRY_AFTER)))
			.orElse(RETRY_AFTER.toSeconds());
	}

	private static long quota(HttpResponse<String> response) {
		String policy = response.headers().firstValue("RateLimit-Policy").orElse("");
		String quota = policy.replaceFirst("^\"token\";q=([0-9]{1,9}).*", "$1");
		return quota.matches("[0-9]+") ? Long.parseLong(quota) : 0;
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

}
