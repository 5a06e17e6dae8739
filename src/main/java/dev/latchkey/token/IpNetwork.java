package dev.latchkey.token;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of addresses in CIDR notation (RFC 4632 section 3.1, RFC 4291 section 2.3); an
 * address without a length is a block of one.
 */
public final class IpNetwork {

	private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

	private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

	private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]*");

	private final byte[] address;

	private final int prefixLength;

	private IpNetwork(byte[] address, int prefixLength) {
		this.address = address;
		this.prefixLength = prefixLength;
	}

	/**
	 * Reads a block; bits behind the prefix are cleared. No name is ever looked up.
	 */
	public static Optional<IpNetwork> parse(String text) {
		int slash = text.indexOf('/');
		String host = (slash < 0) ? text : text.substring(0, slash);
		Optional<InetAddress> address = address(host);
		if (address.isEmpty()) {
			return Optional.empty();
		}
		byte[] bytes = address.get().getAddress();
		int bits = bytes.length * Byte.SIZE;
		int length = (slash < 0) ? bits : length(text.substring(slash + 1));
		if (length < 0 || length > bits) {
			return Optional.empty();
		}
		return Optional.of(new IpNetwork(masked(bytes, length), length));
	}

	/**
	 * Reads an address in the usual notation. No name is ever looked up.
	 */
	public static Optional<InetAddress> address(String host) {
		if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
			return Optional.empty();
		}
		try {
			return Optional.of(InetAddress.getByName(host));
		}
		catch (UnknownHostException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns whether the address is in this block. An IPv4 address that came mapped into
	 * IPv6 counts as IPv4, as Java gives it.
	 */
	public boolean contains(InetAddress candidate) {
		return containsBits(candidate.getAddress(), this.address.length * Byte.SIZE);
	}

	/**
	 * Returns whether all of the other block is in this one.
	 */
	public boolean contains(IpNetwork other) {
		return containsBits(other.address, other.prefixLength);
	}

	private boolean containsBits(byte[] other, int otherLength) {
		if (other.length != this.address.length || otherLength < this.prefixLength) {
			return false;
		}
		int whole = this.prefixLength / Byte.SIZE;
		for (int i = 0; i < whole; i++) {
			if (other[i] != this.address[i]) {
				return false;
			}
		}
		int rest = this.prefixLength % Byte.SIZE;
		return rest == 0 || ((other[whole] ^ this.address[whole]) & (0xFF << (Byte.SIZE - rest)) & 0xFF) == 0;
	}

	private static byte[] masked(byte[] bytes, int length) {
		byte[] masked = bytes.clone();
		for (int bit = length; bit < bytes.length * Byte.SIZE; bit++) {
			masked[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
		}
		return masked;
	}

	private static int length(String digits) {
		return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
	}

	/**
	 * Returns the block in CIDR notation.
	 */
	@Override
	public String toString() {
		try {
			return InetAddress.getByAddress(this.address).getHostAddress() + "/" + this.prefixLength;
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("An address has 4 or 16 bytes", ex);
		}
	}

}
