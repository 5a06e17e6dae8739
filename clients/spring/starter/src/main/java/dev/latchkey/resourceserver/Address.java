package dev.latchkey.resourceserver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * From where a token was presented.
 */
final class Address {

	private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

	private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

	/** What has a colon is no name, so that nobody is asked about it. */
	private static final Pattern PERHAPS_IPV6 = Pattern.compile("[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,45}");

	private Address() {
	}

	/**
	 * Returns it without the name of an interface of this machine, which says nothing
	 * elsewhere; or null where that is no address.
	 */
	static @Nullable String known(@Nullable String given) {
		if (given == null) {
			return null;
		}
		int zone = given.indexOf('%');
		String address = (zone >= 0) ? given.substring(0, zone) : given;
		return (IPV4.matcher(address).matches() || isIpv6(address)) ? address : null;
	}

	private static boolean isIpv6(String address) {
		if (!PERHAPS_IPV6.matcher(address).matches()) {
			return false;
		}
		try {
			return InetAddress.getByName(address).getAddress().length > 0;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
