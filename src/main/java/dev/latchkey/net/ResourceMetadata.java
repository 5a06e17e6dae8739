package dev.latchkey.net;

/**
 * Where the document about what tokens are good for is, and how a challenge names it (RFC
 * 9728 sections 3 and 5.1).
 */
public final class ResourceMetadata {

	/** Its path; that of another service has the service's name after it. */
	public static final String PATH = "/.well-known/oauth-protected-resource";

	private ResourceMetadata() {
	}

	/**
	 * Returns a challenge of the scheme Bearer that names the document, last of all.
	 * @param origin the server's address, without a slash at its end
	 * @param service the name of another service whose document is meant, or empty
	 */
	public static String in(String challenge, String origin, String service) {
		return "%s, resource_metadata=\"%s%s%s\"".formatted(challenge, origin, PATH,
				service.isEmpty() ? "" : "/" + service);
	}

}
