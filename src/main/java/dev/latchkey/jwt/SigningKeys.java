package dev.latchkey.jwt;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.latchkey.jwt.SigningKeyStore.StoredKey;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys that sign JWTs. Every key is published an hour before it signs, and for an
 * hour after, which is longer than any JWT lives: verifiers meet no key that they could
 * not have known. All nodes publish all keys. A key that is sealed in the database signs
 * on every node that can open it; any other stays in the memory of the node that made it.
 */
@Component
class SigningKeys implements JWKSource<SecurityContext> {

	private static final int BITS = 2048;

	private static final Duration AHEAD = Duration.ofHours(1);

	private static final Duration KEPT = Duration.ofHours(1);

	/** A node that is gone leaves its key behind for so long at the most. */
	private static final Duration UNSEALED_LIFE = Duration.ofDays(1);

	private final SigningKeyStore store;

	private final KeySeal seal;

	private final JwtProperties properties;

	private final TransactionTemplate transactions;

	private final Clock clock;

	/** Keys that this node can sign with. */
	private volatile List<OpenKey> known = List.of();

	SigningKeys(SigningKeyStore store, KeySeal seal, JwtProperties properties, TransactionTemplate transactions,
			Clock clock) {
		this.store = store;
		this.seal = seal;
		this.properties = properties;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Returns the key that signs now, with its private half.
	 */
	RSAKey signing() {
		return current().or(() -> {
			maintain();
			return current();
		}).orElseThrow(() -> new IllegalStateException("There is no key to sign with"));
	}

	/** Read anew each time, so that a key of another node is published at once. */
	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
		if (this.known.isEmpty()) {
			maintain();
		}
		return selector.select(new JWKSet(this.store.published(this.clock.instant())
			.stream()
			.map((key) -> (JWK) parse(key.publicJwk()))
			.toList()));
	}

	/**
	 * Learns what other nodes have made, and makes the next key in time. Once a minute is
	 * enough, since a key is made an hour before it signs.
	 */
	synchronized void maintain() {
		this.known = Objects.requireNonNull(this.transactions.execute((transaction) -> learn()));
	}

	/** What it returns is not to be used before it is committed. */
	private List<OpenKey> learn() {
		this.store.lock();
		Instant now = this.clock.instant();
		this.store.deleteEnded(now);
		List<OpenKey> keys = new ArrayList<>();
		this.store.published(now).forEach((key) -> open(key).ifPresent(keys::add));
		Instant end = keys.stream().map((key) -> key.stored().signsUntil()).max(Comparator.naturalOrder()).orElse(now);
		if (keys.stream().noneMatch((key) -> key.stored().signsAt(now))) {
			keys.add(make(now));
		}
		else if (!now.isBefore(end.minus(AHEAD))) {
			keys.add(make(end));
		}
		return List.copyOf(keys);
	}

	private Optional<RSAKey> current() {
		Instant now = this.clock.instant();
		return this.known.stream()
			.filter((key) -> key.stored().signsAt(now))
			.max(Comparator.comparing((key) -> key.stored().signsFrom()))
			.map(OpenKey::key);
	}

	private Optional<OpenKey> open(StoredKey stored) {
		return this.known.stream()
			.filter((key) -> key.stored().kid().equals(stored.kid()))
			.findFirst()
			.or(() -> this.seal.open(stored.sealedJwk())
				.map(SigningKeys::parse)
				.filter((key) -> isOf(key, stored))
				.map((key) -> new OpenKey(stored, key)));
	}

	/** A sealed key that was moved into another's row signs nothing under its name. */
	private static boolean isOf(RSAKey key, StoredKey stored) {
		return stored.kid().equals(key.getKeyID()) && parse(stored.publicJwk()).equals(key.toPublicJWK());
	}

	private OpenKey make(Instant from) {
		RSAKey key = generate();
		String sealed = this.seal.seal(key.toJSONString()).orElse(null);
		Duration life = this.properties.signingKeyLifetime();
		if (sealed == null && life.compareTo(UNSEALED_LIFE) > 0) {
			life = UNSEALED_LIFE;
		}
		Instant until = from.plus(life);
		StoredKey stored = new StoredKey(key.getKeyID(), from, until, until.plus(KEPT),
				key.toPublicJWK().toJSONString(), sealed);
		this.store.insert(stored);
		return new OpenKey(stored, key);
	}

	private static RSAKey generate() {
		try {
			return new RSAKeyGenerator(BITS).keyID(UUID.randomUUID().toString())
				.keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.RS256)
				.generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Every Java platform has RSA", ex);
		}
	}

	private static RSAKey parse(String jwk) {
		try {
			return RSAKey.parse(jwk);
		}
		catch (ParseException ex) {
			throw new IllegalStateException("A signing key cannot be read", ex);
		}
	}

	/** A key with its private half. */
	private record OpenKey(StoredKey stored, RSAKey key) {

	}

}
