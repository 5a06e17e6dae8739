package dev.latchkey.endpoint;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The endpoints that services ask by themselves, often on every request of theirs. Each
 * is answered by a filter before any chain of Spring Security, by the credentials in the
 * request: no cookie is looked at there, and no session. What else follows from that is
 * decided by {@link dev.latchkey.problem.ServicePaths}, which are those of all of these.
 */
public enum ServiceEndpoint {

	/** What a token is (RFC 7662). */
	INTROSPECTION("/oauth2/introspect"),

	/** Ends a token (RFC 7009). */
	REVOCATION("/oauth2/revoke"),

	/** Gives a device its codes (RFC 8628). */
	DEVICE_AUTHORIZATION("/oauth2/device_authorization"),

	/** Tells what becomes of tokens, for those who keep answers. */
	CHANGES("/changes");

	private final String path;

	ServiceEndpoint(String path) {
		this.path = path;
	}

	/**
	 * Returns where it is asked.
	 */
	public String path() {
		return this.path;
	}

	static Set<String> paths() {
		return Arrays.stream(values()).map(ServiceEndpoint::path).collect(Collectors.toUnmodifiableSet());
	}

}
