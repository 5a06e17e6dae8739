package dev.latchkey.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.authentication.password.CompromisedPasswordChecker;
import org.springframework.security.web.authentication.password.HaveIBeenPwnedRestApiPasswordChecker;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Asks haveibeenpwned.com about a new password, where that is switched on. Spring
 * Security's checker takes no answer for a good one; here it is no answer, and the
 * password is not set.
 */
@Component
class LeakedPasswords {

	private static final Logger log = LoggerFactory.getLogger(LeakedPasswords.class);

	private static final String SERVICE = "https://api.pwnedpasswords.com/range/";

	/** To connect, and then for the whole answer. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	/** The rest of a SHA-1 and how often it leaked; padded, there is always one. */
	private static final Pattern ANSWER = Pattern.compile("\\s*[0-9A-Fa-f]{35}:[0-9]+(?:\\s.*)?", Pattern.DOTALL);

	private final @Nullable CompromisedPasswordChecker checker;

	@Autowired
	LeakedPasswords(PasswordProperties properties) {
		this(properties, SERVICE);
	}

	LeakedPasswords(PasswordProperties properties, String service) {
		this(properties.haveibeenpwned() ? checker(service) : null);
	}

	private LeakedPasswords(@Nullable CompromisedPasswordChecker checker) {
		this.checker = checker;
	}

	/** Asks nobody. */
	static LeakedPasswords unasked() {
		return new LeakedPasswords((CompromisedPasswordChecker) null);
	}

	/**
	 * Returns whether the password is known to have leaked.
	 * @throws PasswordUncheckedException if there is no answer
	 */
	boolean contain(String password) {
		return this.checker != null && this.checker.check(password).isCompromised();
	}

	private static CompromisedPasswordChecker checker(String service) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
				java.net.http.HttpClient.newBuilder().connectTimeout(PATIENCE).build());
		requests.setReadTimeout(PATIENCE);
		HaveIBeenPwnedRestApiPasswordChecker checker = new HaveIBeenPwnedRestApiPasswordChecker();
		checker.setRestClient(RestClient.builder()
			.baseUrl(service)
			.requestFactory(new BufferingClientHttpRequestFactory(requests))
			.requestInterceptor(LeakedPasswords::requireAnswer)
			.build());
		return checker;
	}

	/** Read here: Spring's checker takes an answer that breaks off for an empty one. */
	private static boolean isComplete(ClientHttpResponse answer) throws IOException {
		return ANSWER.matcher(new String(answer.getBody().readAllBytes(), StandardCharsets.US_ASCII)).matches();
	}

	private static ClientHttpResponse requireAnswer(HttpRequest request, byte[] body,
			ClientHttpRequestExecution execution) throws IOException {
		// Answers are then all of one length to whoever listens.
		request.getHeaders().set("Add-Padding", "true");
		try {
			ClientHttpResponse answer = execution.execute(request, body);
			if (answer.getStatusCode().is2xxSuccessful() && isComplete(answer)) {
				return answer;
			}
			answer.close();
		}
		catch (IOException ex) {
			log.debug("No answer about a password", ex);
		}
		log.warn("{} does not answer, so a password was not set. Without it: latchkey.passwords.haveibeenpwned=false",
				request.getURI().getHost());
		throw new PasswordUncheckedException();
	}

}
