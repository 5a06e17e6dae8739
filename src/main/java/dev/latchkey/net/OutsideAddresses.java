package dev.latchkey.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses at which this server fetches what somebody else has named: never inner
 * ones. A name with one inner address is refused, whatever other addresses it has. The
 * caller connects to one of these and does not look the name up again, since it may
 * resolve to another one the next time.
 */
public final class OutsideAddresses {

	/** Of IPv6 nothing else is given out to anybody. */
	private static final IpNetwork GLOBAL = network("2000::/3");

	/**
	 * What is for special use (RFC 6890 and its registries), the ways from IPv6 to IPv4
	 * among them.
	 */
	private static final List<IpNetwork> SPECIAL = Stream
		.of("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
				"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
				"203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
		.map(OutsideAddresses::network)
		.toList();

	private OutsideAddresses() {
	}

	/**
	 * Returns the addresses of a name, or none if one of them lies within.
	 * @throws UnknownHostException if the name has none
	 */
	public static List<InetAddress> of(String host) throws UnknownHostException {
		List<InetAddress> addresses = all(host);
		return addresses.stream().allMatch(OutsideAddresses::isOutside) ? addresses : List.of();
	}

	/**
	 * Returns the addresses of a name that somebody vouches for, wherever they lie.
	 * @throws UnknownHostException if the name has none
	 */
	public static List<InetAddress> all(String host) throws UnknownHostException {
		return List.of(InetAddress.getAllByName(host));
	}

	static boolean isOutside(InetAddress address) {
		boolean ipv4 = address.getAddress().length == Integer.BYTES;
		return (ipv4 || GLOBAL.contains(address)) && SPECIAL.stream().noneMatch((block) -> block.contains(address));
	}

	private static IpNetwork network(String text) {
		return IpNetwork.parse(text).orElseThrow();
	}

}
