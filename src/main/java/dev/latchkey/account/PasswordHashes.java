package dev.latchkey.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Objects;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Turns passwords into slow, salted hashes, and compares. Nothing else in the server
 * does.
 * <p>
 * Bcrypt reads 72 bytes and no zero. What is longer is digested first, and with
 * {@code latchkey.passwords.renew} everything is. Without it, what fits is kept as
 * versions before this one kept it, and what does not is a wrong password to them.
 */
@Component
class PasswordHashes implements MeterBinder {

	/** What stands before a hash of the form that every password fits into. */
	private static final String RENEWED = "{hmac-bcrypt}";

	private static final String PLAIN = "{bcrypt}";

	private static final int BCRYPT_READS = 72;

	/**
	 * No secret: it makes the digest another one than those that leak elsewhere, with
	 * which somebody could try hashes instead of passwords.
	 */
	private static final byte[] PURPOSE = "latchkey password".getBytes(StandardCharsets.US_ASCII);

	private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();

	/** Reads all that Spring Security can, by the name in braces. */
	private final PasswordEncoder before = PasswordEncoderFactories.createDelegatingPasswordEncoder();

	private final HashingPlaces places = new HashingPlaces(HashingPlaces.PATIENCE);

	private final boolean renew;

	PasswordHashes(PasswordProperties properties) {
		this.renew = properties.renew();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("latchkey.passwords.waiting", this.places, HashingPlaces::waiting)
			.description("Passwords that wait for a place to be hashed at")
			.register(registry);
	}

	/**
	 * Makes a hash.
	 * @throws dev.latchkey.problem.UnavailableException if too many wait for one
	 */
	String make(RawPassword password) {
		return this.places.take(() -> made(password));
	}

	private String made(RawPassword password) {
		String prepared = password.prepared();
		String kept = (this.renew || !fits(prepared)) ? digest(prepared) : prepared;
		return (this.renew ? RENEWED : PLAIN) + Objects.requireNonNull(this.bcrypt.encode(kept));
	}

	/**
	 * Returns whether the password is the one that the hash was made from. Hashes from
	 * before passwords were prepared are of what was typed.
	 * @throws dev.latchkey.problem.UnavailableException if too many wait for an answer
	 */
	boolean matches(RawPassword password, String hash) {
		return this.places.take(() -> compared(password, hash));
	}

	private boolean compared(RawPassword password, String hash) {
		String prepared = password.prepared();
		if (hash.startsWith(RENEWED)) {
			return this.bcrypt.matches(digest(prepared), hash.substring(RENEWED.length()));
		}
		boolean matches = this.before.matches(fits(prepared) ? prepared : digest(prepared), hash);
		return matches || (!prepared.equals(password.value()) && fits(password.value())
				&& this.before.matches(password.value(), hash));
	}

	boolean isOutdated(String hash) {
		return this.renew && !hash.startsWith(RENEWED);
	}

	private static boolean fits(String password) {
		return password.getBytes(StandardCharsets.UTF_8).length <= BCRYPT_READS && password.indexOf('\0') < 0;
	}

	private static String digest(String password) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(PURPOSE, mac.getAlgorithm()));
			return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has HMAC with SHA-256", ex);
		}
	}

}
