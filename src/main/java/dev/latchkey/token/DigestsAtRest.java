package dev.latchkey.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import dev.latchkey.startup.StartupFailure;
import dev.latchkey.token.DigestForms.NumberedPepper;
import dev.latchkey.token.PepperStore.KnownPepper;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Knows what stands in the row of a token: its SHA-256, or the HMAC of that with a pepper
 * that is not in the database. While rows move from one to the other there are two forms,
 * and a look-up asks for both at once.
 * <p>
 * A node may say that there is no such token only while it knows in which form the others
 * write. So each tells of itself every ten seconds, learns then how things are, and
 * decides nothing once it has not been able to for half a minute; the others count it as
 * gone only after a whole one.
 */
@Service
public class DigestsAtRest {

	private static final Logger log = LoggerFactory.getLogger(DigestsAtRest.class);

	private static final long LEASE = Duration.ofSeconds(30).toNanos();

	private static final int MAX_OUTDATED = 10_000;

	private final UUID node = UUID.randomUUID();

	private final @Nullable Pepper wanted;

	private final @Nullable Pepper retired;

	private final PepperStore store;

	private final TransactionTemplate ownTransaction;

	private final Semaphore renewing = new Semaphore(1);

	private final Map<TokenDigest, TokenDigest> outdated = new ConcurrentHashMap<>();

	private volatile DigestForms forms;

	private volatile long renewedAt;

	private boolean complained;

	DigestsAtRest(PepperProperties properties, PepperStore store, PlatformTransactionManager transactions) {
		this.wanted = (properties.pepper() != null) ? new Pepper(properties.pepper()) : null;
		this.retired = (properties.retiredPepper() != null) ? new Pepper(properties.retiredPepper()) : null;
		this.store = store;
		// What is learned is true, and told to the others, whatever becomes of the
		// caller's transaction.
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.renewedAt = System.nanoTime();
		this.forms = learn(true);
		requireRetired();
	}

	/**
	 * Returns the forms, at most two, in which a token may be at rest.
	 * @param digest its SHA-256, or the very form that stands in its row
	 * @throws DataAccessException if that cannot be known now
	 */
	public List<TokenDigest> of(TokenDigest digest) {
		if (digest.isKeyed()) {
			return List.of(digest);
		}
		DigestForms now = current();
		List<TokenDigest> sealed = new ArrayList<>(2);
		now.read().forEach((key) -> sealed.add(key.seal(digest)));
		if (now.plain()) {
			sealed.add(digest);
		}
		return sealed;
	}

	/**
	 * Returns all the forms of several.
	 */
	byte[][] bytesOf(Collection<TokenDigest> digests) {
		return digests.stream().flatMap((digest) -> of(digest).stream()).map(TokenDigest::bytes).toArray(byte[][]::new);
	}

	/**
	 * Returns all the forms of a token.
	 */
	List<byte[]> bytesOf(RawToken raw) {
		return of(TokenDigest.of(raw)).stream().map(TokenDigest::bytes).toList();
	}

	/**
	 * Returns the form in which a new token is written.
	 */
	byte[] ofNew(RawToken raw) {
		return ofNew(TokenDigest.of(raw));
	}

	/**
	 * Likewise for one of which the digest alone is known.
	 */
	byte[] ofNew(TokenDigest digest) {
		return current().write(digest).bytes();
	}

	/**
	 * Takes note in which form a token was found, so that one that rests under the
	 * retired pepper comes under the present one.
	 */
	public void found(TokenDigest digest, TokenDigest atRest) {
		if (atRest.isKeyed() && !digest.isKeyed() && this.outdated.size() < MAX_OUTDATED) {
			TokenDigest present = this.forms.write(digest);
			if (present.isKeyed() && !present.equals(atRest)) {
				this.outdated.put(atRest, present);
			}
		}
	}

	Map<TokenDigest, TokenDigest> outdated() {
		return this.outdated;
	}

	DigestForms forms() {
		return this.forms;
	}

	/**
	 * Does nothing while another thread does it, so that nobody waits for anybody else's
	 * wait for a connection.
	 */
	@Scheduled(fixedDelay = 10_000, initialDelay = 10_000)
	void renew() {
		if (!this.renewing.tryAcquire()) {
			return;
		}
		try {
			long now = System.nanoTime();
			this.forms = learn(this.forms.plain());
			this.renewedAt = now;
			this.complained = false;
		}
		catch (DataAccessException | TransactionException ex) {
			log.debug("The other nodes cannot be told of this one: {}", ex.getClass().getSimpleName());
		}
		catch (StartupFailure ex) {
			this.renewedAt = System.nanoTime() - 2 * LEASE;
			if (!this.complained) {
				log.error("This node decides nothing any more: {}", ex.getMessage());
				this.complained = true;
			}
		}
		finally {
			this.renewing.release();
		}
	}

	@PreDestroy
	void leave() {
		try {
			this.store.leave(this.node);
		}
		catch (DataAccessException ex) {
			log.debug("The other nodes cannot be told that this one stops: {}", ex.getClass().getSimpleName());
		}
	}

	private DigestForms current() {
		if (hasEnded()) {
			renew();
			if (hasEnded()) {
				throw new DataAccessResourceFailureException("It is not known in which form tokens are at rest");
			}
		}
		return this.forms;
	}

	private boolean hasEnded() {
		return System.nanoTime() - this.renewedAt > LEASE;
	}

	/**
	 * Reads how things are, and tells the others of this node.
	 * @param plain whether this node takes rows without a pepper yet. What it once
	 * refuses it goes on refusing, whoever writes that it need not
	 */
	private DigestForms learn(boolean plain) {
		return this.ownTransaction.execute((status) -> {
			this.store.lock();
			List<KnownPepper> known = this.store.known();
			DigestForms found = formsOf(known, plain && known.stream().noneMatch(KnownPepper::plainRefused));
			this.store.renew(this.node, found.number());
			return found;
		});
	}

	private DigestForms formsOf(List<KnownPepper> known, boolean plain) {
		KnownPepper latest = known.stream().filter(KnownPepper::begun).reduce((one, later) -> later).orElse(null);
		if (this.wanted == null) {
			if (latest != null) {
				throw new StartupFailure("The tokens in this database are kept with a pepper."
						+ " Set latchkey.tokens.pepper as it is on the other nodes.");
			}
			return new DigestForms(null, null, List.of(), true);
		}
		if (latest == null && !plain) {
			throw new StartupFailure("It was taken back in the database that tokens are kept with a pepper."
					+ " Start this node again if that was meant.");
		}
		KnownPepper own = find(known, this.wanted);
		if (latest == null) {
			NumberedPepper key = new NumberedPepper(this.wanted, (own != null) ? own.number() : add(known));
			return new DigestForms(key.number(), null, List.of(key), true);
		}
		if (own != null && own.number() == latest.number()) {
			NumberedPepper key = new NumberedPepper(this.wanted, own.number());
			KnownPepper before = (this.retired != null) ? find(known, this.retired) : null;
			return new DigestForms(key.number(), key, (before != null && this.retired != null)
					? List.of(key, new NumberedPepper(this.retired, before.number())) : List.of(key), plain);
		}
		if (own != null && own.number() < latest.number()) {
			throw new StartupFailure("latchkey.tokens.pepper was replaced. Set the one that the other nodes have.");
		}
		if (this.retired == null || !latest.equals(find(known, this.retired))) {
			throw new StartupFailure("The tokens in this database are kept with another pepper than"
					+ " latchkey.tokens.pepper. Correct it, or name the other in latchkey.tokens.retired-pepper.");
		}
		if (plain) {
			throw new StartupFailure("The tokens are still being moved to the pepper that is named in"
					+ " latchkey.tokens.retired-pepper. Let that end before you replace it.");
		}
		NumberedPepper key = new NumberedPepper(this.wanted, (own != null) ? own.number() : add(known));
		NumberedPepper before = new NumberedPepper(this.retired, latest.number());
		return new DigestForms(key.number(), before, List.of(key, before), false);
	}

	private int add(List<KnownPepper> known) {
		int number = known.stream().mapToInt(KnownPepper::number).max().orElse(0) + 1;
		if (this.wanted != null) {
			this.store.add(number, this.wanted.fingerprint());
		}
		return number;
	}

	private static @Nullable KnownPepper find(List<KnownPepper> known, Pepper pepper) {
		return known.stream().filter((one) -> one.fingerprint().equals(pepper.fingerprint())).findFirst().orElse(null);
	}

	/** Their holders would be told that their tokens are no tokens. */
	private void requireRetired() {
		if (this.wanted != null
				&& this.store.hasOthers(this.forms.read().stream().map(NumberedPepper::number).toList())) {
			leave();
			throw new StartupFailure("Tokens in this database are still kept with an older pepper. Name it in"
					+ " latchkey.tokens.retired-pepper, beside the one that came after it, until they were used or"
					+ " have ended.");
		}
	}

}
