package dev.latchkey.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Knows to which addresses a browser may be sent with a code: over TLS, to this very
 * machine (RFC 8252 section 7.3), or to an app that owns a scheme named after its domain
 * (section 7.1). A wildcard or a fragment would let others receive the code. An address
 * is ASCII (RFC 3986), where Java takes letters of every kind, those too that turn the
 * direction of what somebody reads before consenting.
 */
public final class RedirectUris {

	/** With the number of the entry, counted from 1. */
	static final String RULE = "has an entry that is not acceptable (#%d): https, http to 127.0.0.1, [::1] or localhost,"
			+ " or a scheme such as com.example.app; no fragment, no wildcard, no user name, no /../; ports up to 65535; other letters than ASCII escaped";

	private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

	private static final int MAX_LENGTH = 2000;

	private static final int LAST_PORT = 65535;

	private RedirectUris() {
	}

	static boolean isAcceptable(@Nullable String candidate) {
		if (candidate == null || candidate.length() > MAX_LENGTH || candidate.indexOf('*') >= 0
				|| candidate.chars().anyMatch((c) -> c > '~')) {
			return false;
		}
		try {
			return isAcceptable(new URI(candidate));
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/**
	 * Returns whether nobody but the owner of a name receives what is sent there. To an
	 * address of this machine any program may listen.
	 */
	public static boolean isOneOwnersAlone(String address) {
		URI uri = URI.create(address);
		String host = (uri.getHost() != null) ? uri.getHost().toLowerCase(Locale.ROOT) : "";
		return "https".equalsIgnoreCase(uri.getScheme()) && !LOOPBACK.contains(host) && !host.endsWith("localhost")
				&& !host.startsWith("127.") && !host.startsWith("[") && !host.startsWith("0.");
	}

	/** A browser takes such steps before it asks, so that the address is another one. */
	private static boolean leadsElsewhere(@Nullable String path) {
		return path != null && Arrays.stream(path.split("/", -1))
			.map((step) -> step.toLowerCase(Locale.ROOT).replace("%2e", "."))
			.anyMatch((step) -> step.equals(".") || step.equals(".."));
	}

	private static boolean isAcceptable(URI uri) {
		if (!uri.isAbsolute() || uri.getRawFragment() != null || uri.getRawUserInfo() != null || uri.getPort() == 0
				|| uri.getPort() > LAST_PORT || leadsElsewhere(uri.getRawPath())) {
			return false;
		}
		return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
			case "https" -> uri.getHost() != null;
			case "http" -> uri.getHost() != null && LOOPBACK.contains(uri.getHost());
			default -> uri.getScheme().indexOf('.') > 0;
		};
	}

}
