package dev.latchkey.net;

import java.net.InetAddress;
import java.util.ArrayList;
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
 * @param tied whether each of the other entries stands beside its hop, null where nothing
 * is said there; otherwise they are lists of their own
 */
record Forwarding(List<@Nullable InetAddress> hops, List<@Nullable String> schemes, List<@Nullable String> hosts,
		List<@Nullable String> ports, boolean tied) {

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
	 * Says whether the client speaks TLS: as the entry that goes with it says, otherwise
	 * it does if any that counts says so. Null where nothing is said.
	 */
	@Nullable Boolean secure(Client client) {
		String entry = entry(this.schemes, client);
		if (entry != null) {
			return secure(entry);
		}
		Boolean any = null;
		for (String scheme : counting(this.schemes, client)) {
			Boolean secure = secure(scheme);
			any = (secure != null && !Boolean.TRUE.equals(any)) ? secure : any;
		}
		return any;
	}

	@Nullable String host(Client client) {
		return entryOrLast(this.hosts, client);
	}

	@Nullable String port(Client client) {
		return entryOrLast(this.ports, client);
	}

	/** Where none goes with the client, the one counts that the nearest proxy wrote. */
	private @Nullable String entryOrLast(List<@Nullable String> entries, Client client) {
		String entry = entry(entries, client);
		List<String> counting = counting(entries, client);
		return (entry != null || counting.isEmpty()) ? entry : counting.get(counting.size() - 1);
	}

	/**
	 * Of lists of their own the one entry goes with every hop, and of as many as there
	 * are hops the one at its place.
	 */
	private @Nullable String entry(List<@Nullable String> entries, Client client) {
		if (!this.tied && entries.size() == 1) {
			return entries.get(0);
		}
		return (client.hop() < entries.size() && entries.size() == this.hops.size()) ? entries.get(client.hop()) : null;
	}

	/** What is tied to a hop left of the client's, the client wrote itself. */
	private List<String> counting(List<@Nullable String> entries, Client client) {
		List<String> counting = new ArrayList<>();
		for (int i = this.tied ? client.hop() : 0; i < entries.size(); i++) {
			String entry = entries.get(i);
			if (entry != null) {
				counting.add(entry);
			}
		}
		return counting;
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
