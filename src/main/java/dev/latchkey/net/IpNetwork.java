package dev.latchkey.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A block of addresses in CIDR notation (RFC 4632 section 3.1, RFC 4291 section 2.3); an
 * address without a length is a block of one.
 */
public final class IpNetwork {

	/** Where the IPv4 address begins in one that is mapped into IPv6. */
	private static final int MAPPED = 96;

	private final byte[] address;

	private final int prefixLength;

	private IpNetwork(byte[] address, int prefixLength) {
		this.address = address;
		this.prefixLength = prefixLength;
	}

	/**
	 * Reads a block; bits behind the prefix are cleared. A block of mapped addresses is
	 * the IPv4 block, so that its length is at least 96. No name is ever looked up.
	 */
	public static Optional<IpNetwork> parse(String text) {
		int slash = text.indexOf('/');
		String host = (slash < 0) ? text : text.substring(0, slash);
		Optional<InetAddress> address = IpAddress.parse(host);
		if (address.isEmpty()) {
			return Optional.empty();
		}
		byte[] bytes = address.get().getAddress();
		int bits = bytes.length * Byte.SIZE;
		int skipped = (bits == Integer.SIZE && host.indexOf(':') >= 0) ? MAPPED : 0;
		int length = (slash < 0) ? bits : length(text.substring(slash + 1)) - skipped;
		if (length < 0 || length > bits) {
			return Optional.empty();
		}
		return Optional.of(new IpNetwork(masked(bytes, length), length));
	}

	/**
	 * Returns the block in which one household or host can choose its address freely: 64
	 * bits of IPv6 (RFC 6177), 24 of IPv4.
	 */
	public static IpNetwork around(InetAddress address) {
		byte[] bytes = address.getAddress();
		int length = (bytes.length == Integer.BYTES) ? 24 : 64;
		return new IpNetwork(masked(bytes, length), length);
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

	/**
	 * Returns whether it holds every address of its family.
	 */
	boolean isAll() {
		return this.prefixLength == 0;
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

	/** Some take 010 for eight. */
	private static int length(String digits) {
		return digits.matches("0|[1-9][0-9]{0,2}") ? Integer.parseInt(digits) : -1;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof IpNetwork that && this.prefixLength == that.prefixLength
				&& Arrays.equals(this.address, that.address);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(this.address) + this.prefixLength;
	}

	/**
	 * Returns the block in CIDR notation.
	 */
	@Override
	public String toString() {
		try {
			return IpAddress.text(InetAddress.getByAddress(this.address)) + "/" + this.prefixLength;
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("An address has 4 or 16 bytes", ex);
		}
	}

}
