package dev.latchkey.jwt;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.latchkey.jwt.SigningKeyStore.StoredKey;

import org.springframework.stereotype.Service;

/**
 * Says how the signing keys are, as this process sees them with its settings.
 */
@Service
public class SigningKeyReport {

	private final SigningKeyStore store;

	private final KeySeal seal;

	private final JwtProperties properties;

	private final Clock clock;

	SigningKeyReport(SigningKeyStore store, KeySeal seal, JwtProperties properties, Clock clock) {
		this.store = store;
		this.seal = seal;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Looks at the keys that sign now.
	 */
	public State look() {
		Instant now = this.clock.instant();
		List<StoredKey> keys = this.store.published(now).stream().filter((key) -> key.signsAt(now)).toList();
		List<StoredKey> sealed = keys.stream().filter((key) -> key.sealedJwk() != null).toList();
		long foreign = sealed.stream().filter((key) -> this.seal.open(key.sealedJwk()).isEmpty()).count();
		return new State(this.properties.keyEncryptionKey() != null, keys.size(), sealed.size(), (int) foreign);
	}

	/**
	 * How the keys are that sign now.
	 *
	 * @param shared whether {@code latchkey.oauth.key-encryption-key} is set, so that all
	 * nodes share them
	 * @param signing how many there are
	 * @param sealed how many of them are sealed
	 * @param foreign how many of those were sealed with another key than the one that is
	 * set
	 */
	public record State(boolean shared, int signing, int sealed, int foreign) {

	}

}
