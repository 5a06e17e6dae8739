package dev.latchkey.net;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices proxies that nobody has named: they are near, and say for whom they ask. What
 * they say is not believed, but neither is it held against all whom they ask for.
 */
final class UnnamedProxies {

	private static final Logger log = LoggerFactory.getLogger(UnnamedProxies.class);

	private static final List<String> HEADERS = List.of("X-Forwarded-For", "Forwarded");

	/** Private use (RFC 1918, RFC 4193), this link (RFC 3927, RFC 4291), this machine. */
	private static final List<IpNetwork> NEAR = List
		.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "::1/128", "fc00::/7",
				"fe80::/10")
		.stream()
		.map((block) -> IpNetwork.parse(block).orElseThrow())
		.toList();

	private final AtomicBoolean told = new AtomicBoolean();

	boolean isOne(HttpServletRequest request, @Nullable InetAddress peer) {
		if (peer == null || !saysForWhom(request) || NEAR.stream().noneMatch((block) -> block.contains(peer))) {
			return false;
		}
		if (this.told.compareAndSet(false, true)) {
			log.warn(
					"{} says for whom it asks, and is not believed, so that all whom it asks for seem to be one client:"
							+ " limits of addresses do not hold for them. Name it in latchkey.security.trusted-proxies if it is a"
							+ " proxy of yours.",
					IpAddress.text(peer));
		}
		return true;
	}

	private static boolean saysForWhom(HttpServletRequest request) {
		for (String header : HEADERS) {
			if (request.getHeader(header) != null) {
				return true;
			}
		}
		return false;
	}

}
