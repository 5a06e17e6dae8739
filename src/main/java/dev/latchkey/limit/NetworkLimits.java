package dev.latchkey.limit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.value.HeapRoom;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Counts what comes from one network within a minute, on this node alone. Where all
 * clients seem to come from one, nothing is counted. What an account does that is signed
 * in counts from everywhere.
 */
@Component
public class NetworkLimits {

	private static final Duration WINDOW = Duration.ofMinutes(1);

	/** Whoever makes up names pushes out those of before. */
	private static final int ROOM = HeapRoom.entries(50_000, 5_000);

	private final Cache<Key, Bucket> buckets;

	private final LimitProperties properties;

	private final TimeMeter time;

	private final Map<Door, LongAdder> exceeded = new EnumMap<>(Door.class);

	NetworkLimits(LimitProperties properties, TimeMeter time) {
		this.properties = properties;
		this.time = time;
		this.buckets = Caffeine.newBuilder()
			.maximumSize(ROOM)
			.expireAfterAccess(WINDOW.multipliedBy(2))
			.ticker(time::currentTimeNanos)
			.build();
		for (Door door : Door.values()) {
			this.exceeded.put(door, new LongAdder());
		}
	}

	/**
	 * Refuses what could fail where nothing more may fail now.
	 * @param name whose failures are counted apart from others of the network
	 * @throws TooManyException if there is no room for a failure
	 */
	public void requireRoom(Door door, String name) {
		requireRoom(door, key(door, name));
	}

	/**
	 * Likewise of an account, from wherever it comes.
	 * @throws TooManyException if there is no room for a failure
	 */
	public void requireRoom(Door door, UUID account) {
		requireRoom(door, key(door, account));
	}

	private void requireRoom(Door door, @Nullable Key key) {
		Bucket bucket = (key != null) ? this.buckets.getIfPresent(key) : null;
		if (bucket != null && bucket.getAvailableTokens() == 0) {
			throw refusal(door, bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
		}
	}

	/**
	 * Counts one, and refuses it if it is one too many.
	 * @param name whose are counted apart from others of the network
	 * @throws TooManyException if it is
	 */
	public void count(Door door, String name) {
		count(door, key(door, name));
	}

	/**
	 * Likewise of an account, from wherever it comes.
	 * @throws TooManyException if it is
	 */
	public void count(Door door, UUID account) {
		count(door, key(door, account));
	}

	private void count(Door door, @Nullable Key key) {
		if (key == null) {
			return;
		}
		ConsumptionProbe counted = this.buckets.get(key, this::bucket).tryConsumeAndReturnRemaining(1);
		if (!counted.isConsumed()) {
			throw refusal(door, counted.getNanosToWaitForRefill());
		}
	}

	LongAdder exceeded(Door door) {
		return Objects.requireNonNull(this.exceeded.get(door));
	}

	private @Nullable Key key(Door door, String name) {
		String network = ClientNetwork.current();
		return (this.properties.enabled() && network != null) ? new Key(door, network, name) : null;
	}

	private @Nullable Key key(Door door, UUID account) {
		return this.properties.enabled() ? new Key(door, "", account.toString()) : null;
	}

	private Bucket bucket(Key key) {
		int limit = this.properties.of(key.door());
		return Bucket.builder()
			.withCustomTimePrecision(this.time)
			.addLimit((room) -> room.capacity(limit).refillIntervally(limit, WINDOW))
			.build();
	}

	private TooManyException refusal(Door door, long nanos) {
		exceeded(door).increment();
		return new TooManyException(door.tooMany(), Duration.ofNanos(nanos));
	}

	/** What is counted by network. */
	public enum Door {

		/** Questions about tokens that are none. */
		DIAGNOSE("Too many questions about what is no token of this server"),

		/** Reports of leaked tokens, whatever they hold. */
		REPORT("Too many reports"),

		/** Clients that do not prove who they are. */
		CLIENT("Too often this client was not known by its credentials"),

		/** Documents of clients that nobody has registered. */
		DOCUMENT("Too many client documents were asked for"),

		/** Devices that ask for a code. */
		DEVICE("Too many devices have asked for a code"),

		/** Codes of devices that there are not. */
		USER_CODE("Too many codes were tried that no device shows"),

		/** Likewise by one account, from all networks. */
		USER_CODE_OF_ACCOUNT("Too many codes were tried that no device shows");

		private final String tooMany;

		Door(String tooMany) {
			this.tooMany = tooMany;
		}

		String tooMany() {
			return this.tooMany;
		}

	}

	private record Key(Door door, String network, String name) {

	}

}
