package dev.latchkey.resourceserver;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Where Latchkey is, how this service proves itself there, and how much it believes.
 *
 * @param address Latchkey's address, or that of the balancer in front of it
 * @param clientId the id of the client that asks
 * @param clientSecret its secret
 * @param resource this service's own address as Latchkey knows it, so that tokens which
 * are not for it are refused; null: whatever Latchkey tells this client of
 * @param maxStaleness how long after a revocation a token may be accepted at the most,
 * where this service hears nothing: 2 s to 5 min
 * @param maxKept how many answers are kept
 * @param otherForms whether what is not written as Latchkey's own tokens is asked about
 * too: signed tokens and imported ones
 */
public record VerifierSettings(URI address, String clientId, String clientSecret, @Nullable String resource,
		Duration maxStaleness, int maxKept, boolean otherForms) {

	/** The shortest that the rhythm of the stream allows. */
	public static final Duration SHORTEST_STALENESS = Duration.ofSeconds(2);

	/** The longest. */
	public static final Duration LONGEST_STALENESS = Duration.ofMinutes(5);

	public VerifierSettings {
		String scheme = address.getScheme();
		require(("http".equals(scheme) || "https".equals(scheme)) && address.getHost() != null
				&& address.getRawQuery() == null && address.getRawFragment() == null && address.getUserInfo() == null,
				"address", "an http or https address without query");
		require(!clientId.isBlank(), "client-id", "the id of a client");
		require(!clientSecret.isBlank(), "client-secret", "the secret of that client");
		require(maxStaleness.compareTo(SHORTEST_STALENESS) >= 0 && maxStaleness.compareTo(LONGEST_STALENESS) <= 0,
				"max-staleness", "between 2s and 5m");
		require(maxKept > 0, "max-kept", "1 or more");
	}

	/**
	 * Returns settings with what is usual beside that.
	 */
	public static VerifierSettings of(URI address, String clientId, String clientSecret) {
		return new VerifierSettings(address, clientId, clientSecret, null, SHORTEST_STALENESS, 100_000, false);
	}

	URI at(String path) {
		String base = this.address.toString();
		return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
	}

	String authorization() {
		return "Basic " + Base64.getEncoder()
			.encodeToString(
					(encoded(this.clientId) + ":" + encoded(this.clientSecret)).getBytes(StandardCharsets.US_ASCII));
	}

	/** RFC 6749 section 2.3.1. */
	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	private static void require(boolean good, String name, String wanted) {
		if (!good) {
			throw new IllegalArgumentException("%s has to be %s".formatted(name, wanted));
		}
	}

	/** Without the secret. */
	@Override
	public String toString() {
		return "VerifierSettings[%s as %s, %s]".formatted(this.address, this.clientId, this.maxStaleness);
	}

}
