package dev.latchkey.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import dev.latchkey.net.Forwarding.Client;
import dev.latchkey.net.ProxyProperties.Family;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads from a request, and from what a named proxy says about it, who asks, by which
 * address and name, over what. Nobody else is believed.
 */
@Component
class ArrivalReader {

	private static final String HOST = "Host";

	/**
	 * Is no name that somebody has; links and metadata can be made of it all the same.
	 */
	private static final String NO_NAME = "unknown";

	private final List<IpNetwork> proxies;

	private final Family family;

	private final PublicNames names;

	private final UnnamedProxies unnamed = new UnnamedProxies();

	private final LastRead<InetAddress> peers = new LastRead<>(ArrivalReader::address);

	private final LastRead<HostPort> hosts = new LastRead<>((text) -> HostPort.parse(text).orElse(null));

	ArrivalReader(ProxyProperties properties, PublicNames names) {
		this.proxies = properties.proxies();
		this.family = properties.forwarded();
		this.names = names;
	}

	Arrival read(HttpServletRequest request) {
		InetAddress peer = this.peers.of(request.getRemoteAddr());
		if (peer == null || !isTrusted(peer)) {
			return named(request, peer, request.isSecure(), null, null, this.unnamed.isOne(request, peer));
		}
		Forwarding said = (this.family == Family.RFC7239) ? Rfc7239.read(request) : XForwarded.read(request);
		Client client = said.client(peer, this::isTrusted);
		Boolean secure = said.secure(client);
		return named(request, client.address(), (secure != null) ? secure : request.isSecure(), said.host(client),
				said.port(client), false);
	}

	/** A name that stands there and cannot be read is none of this server's. */
	private Arrival named(HttpServletRequest request, @Nullable InetAddress address, boolean secure,
			@Nullable String forwardedHost, @Nullable String forwardedPort, boolean behindUnnamedProxy) {
		String written = request.getHeader(HOST);
		HostPort host = this.hosts.of(written);
		if (this.names.areSet()) {
			Optional<PublicUrl> asked = this.names.find(host);
			PublicUrl url = asked.orElseGet(this.names::any);
			return new Arrival(address, url.secure(), url.host(), url.port(), asked.isEmpty(), behindUnnamedProxy);
		}
		HostPort asked = HostPort.parse(forwardedHost).orElse(host);
		if (asked == null && written != null) {
			return new Arrival(address, secure, NO_NAME, Arrival.defaultPort(secure), true, behindUnnamedProxy);
		}
		String name = (asked != null) ? asked.host() : request.getServerName();
		return new Arrival(address, secure, name, port(secure, asked, host, forwardedPort), !this.names.admit(name),
				behindUnnamedProxy);
	}

	/**
	 * A port that a proxy names counts, or else the one beside the name. Where a proxy
	 * repeats the name of {@code Host} without its port, that port stays.
	 */
	private static int port(boolean secure, @Nullable HostPort asked, @Nullable HostPort host,
			@Nullable String forwardedPort) {
		int named = (forwardedPort != null) ? HostPort.port(forwardedPort) : -1;
		if (named > 0) {
			return named;
		}
		if (asked != null && asked.port() != 0) {
			return asked.port();
		}
		return (asked != null && host != null && asked.host().equals(host.host()) && host.port() != 0) ? host.port()
				: Arrival.defaultPort(secure);
	}

	private boolean isTrusted(InetAddress address) {
		for (IpNetwork proxy : this.proxies) {
			if (proxy.contains(address)) {
				return true;
			}
		}
		return false;
	}

	/** An address of this link alone comes with the name of the link. */
	private static @Nullable InetAddress address(@Nullable String text) {
		if (text == null) {
			return null;
		}
		int zone = text.indexOf('%');
		return IpAddress.parse((zone < 0) ? text : text.substring(0, zone)).orElse(null);
	}

}
