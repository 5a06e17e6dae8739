package dev.latchkey.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The networks from which something may be used.
 *
 * @param blocks the blocks of addresses, each once; none means from anywhere
 */
public record Networks(List<IpNetwork> blocks) {

	/** From anywhere. */
	public static final Networks ANY = new Networks(List.of());

	public Networks {
		blocks = List.copyOf(new LinkedHashSet<>(blocks));
	}

	/**
	 * Returns whether a request from this address is welcome. An address that is not
	 * known is in no block.
	 */
	public boolean admits(@Nullable InetAddress address) {
		if (this.blocks.isEmpty()) {
			return true;
		}
		if (address == null) {
			return false;
		}
		for (IpNetwork block : this.blocks) {
			if (block.contains(address)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns whether these admit every address that the others admit.
	 */
	public boolean covers(Networks others) {
		return this.blocks.isEmpty() || (!others.blocks.isEmpty() && others.blocks.stream().allMatch(this::contains));
	}

	private boolean contains(IpNetwork other) {
		return this.blocks.stream().anyMatch((block) -> block.contains(other));
	}

	/**
	 * Returns from where both these and the others admit, or empty for nowhere.
	 */
	public Optional<Networks> within(Networks others) {
		if (others.covers(this)) {
			return Optional.of(this);
		}
		if (this.blocks.isEmpty()) {
			return Optional.of(others);
		}
		List<IpNetwork> both = Stream
			.concat(this.blocks.stream().filter(others::contains), others.blocks.stream().filter(this::contains))
			.toList();
		return both.isEmpty() ? Optional.empty() : Optional.of(new Networks(both));
	}

	/**
	 * Reads the form in which they are kept: blocks with single spaces between them.
	 * @param stored what {@link #toText()} gave
	 */
	public static Networks parse(@Nullable String stored) {
		if (stored == null || stored.isEmpty()) {
			return ANY;
		}
		return new Networks(
				Arrays.stream(stored.split(" ")).map((text) -> IpNetwork.parse(text).orElseThrow()).toList());
	}

	/**
	 * Returns the form in which they are kept, or null for anywhere.
	 */
	public @Nullable String toText() {
		return this.blocks.isEmpty() ? null : String.join(" ", toStrings());
	}

	/**
	 * Returns the blocks in CIDR notation.
	 */
	public List<String> toStrings() {
		return this.blocks.isEmpty() ? List.of()
				: this.blocks.stream().map(IpNetwork::toString).collect(Collectors.toUnmodifiableList());
	}

}
