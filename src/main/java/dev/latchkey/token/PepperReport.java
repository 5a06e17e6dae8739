package dev.latchkey.token;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

import org.springframework.stereotype.Service;

/**
 * Says under which pepper tokens rest, and makes new peppers.
 */
@Service
public class PepperReport {

	private static final int BYTES = 32;

	/** Plain digests stand under 0, as no pepper does. */
	private static final int PLAIN = 0;

	private final DigestsAtRest digests;

	private final PepperStore store;

	private final SecureRandom random = new SecureRandom();

	PepperReport(DigestsAtRest digests, PepperStore store) {
		this.digests = digests;
		this.store = store;
	}

	/**
	 * Reads through all tokens.
	 * @throws dev.latchkey.startup.StartupFailure if the peppers that are set are not
	 * those of this database
	 */
	public State look() {
		DigestForms forms = this.digests.forms();
		Map<Integer, Long> counts = this.store.countByPepper();
		Integer number = forms.number();
		long plain = counts.getOrDefault(PLAIN, 0L);
		long present = (number != null) ? counts.getOrDefault(number, 0L) : 0;
		long all = counts.values().stream().mapToLong(Long::longValue).sum();
		return new State(number != null, forms.hasBegun(), forms.read().size() > 1, plain, present,
				all - plain - present);
	}

	/**
	 * Returns a pepper that nobody has had before, as the setting wants it.
	 */
	public String make() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		return Base64.getEncoder().encodeToString(bytes);
	}

	/**
	 * Under which pepper tokens rest.
	 *
	 * @param set whether one is set
	 * @param begun whether new tokens are written with it
	 * @param retiredSet whether the one before is named beside it
	 * @param plain how many there are
	 * @param present how many rest under the one that is set
	 * @param older how many rest under others
	 */
	public record State(boolean set, boolean begun, boolean retiredSet, long plain, long present, long older) {

	}

}
