package dev.latchkey.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What proxies say about the client, the one next to this server last. Whatever stands
 * left of the first hop that is no proxy, anybody can have written.
 *
 * @param hops who asked each proxy; null where that cannot be read
 * @param schemes over what
 * @param hosts under which name
 * @param ports at which port
 */
record Forwarding(List<@Nullable InetAddress> hops, List<String> schemes, List<String> hosts, List<String> ports) {

	/**
	 * Finds the client: from the right to the left, as long as the hop is a trusted
	 * proxy.
	 * @param peer who is connected with this server, a trusted proxy
	 */
	Client client(InetAddress peer, Predicate<InetAddress> trusted) {
		InetAddress client = peer;
		int at = this.hops.size();
		while (at > 0 && client != null && trusted.test(client)) {
			at--;
			client = this.hops.get(at);
		}
		return new Client(client, at);
	}

	/**
	 * Says whether the client speaks TLS: as the one entry says, or of as many entries as
	 * there are hops the one beside the client; otherwise it does if any says so. Null
	 * where nothing is said.
	 */
	@Nullable Boolean secure(Client client) {
		String entry = entry(this.schemes, client);
		if (entry != null) {
			return secure(entry);
		}
		Boolean any = null;
		for (String scheme : this.schemes) {
			Boolean secure = secure(scheme);
			any = (secure != null && !Boolean.TRUE.equals(any)) ? secure : any;
		}
		return any;
	}

	/**
	 * Of entries that do not go with the hops the one counts that the nearest proxy
	 * wrote.
	 */
	@Nullable String host(Client client) {
		return entryOrLast(this.hosts, client);
	}

	@Nullable String port(Client client) {
		return entryOrLast(this.ports, client);
	}

	private @Nullable String entryOrLast(List<String> entries, Client client) {
		String entry = entry(entries, client);
		return (entry != null || entries.isEmpty()) ? entry : entries.get(entries.size() - 1);
	}

	private @Nullable String entry(List<String> entries, Client client) {
		if (entries.size() == 1) {
			return entries.get(0);
		}
		return (!entries.isEmpty() && entries.size() == this.hops.size()) ? entries.get(client.hop()) : null;
	}

	private static @Nullable Boolean secure(String scheme) {
		return switch (scheme.toLowerCase(Locale.ROOT)) {
			case "https" -> true;
			case "http" -> false;
			default -> null;
		};
	}

	/**
	 * Who asks.
	 *
	 * @param address the address, or null where it is not known
	 * @param hop the hop that names it
	 */
	record Client(@Nullable InetAddress address, int hop) {

	}

}
