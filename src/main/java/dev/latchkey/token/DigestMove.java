package dev.latchkey.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.token.PepperStore.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings the rows of tokens under the pepper that is set: begins when every node that
 * runs has it, moves batch after batch on one node at a time, and has rows without a
 * pepper refused when the last one is moved. Rows under a retired pepper follow as their
 * tokens are used: nobody but their holders knows what to make the new digest of.
 */
@Component
class DigestMove {

	private static final Logger log = LoggerFactory.getLogger(DigestMove.class);

	private static final int BATCH = 1000;

	private final DigestsAtRest digests;

	private final PepperStore store;

	private final TransactionOperations transactions;

	private boolean toldOfOthers;

	DigestMove(DigestsAtRest digests, PepperStore store, TransactionOperations transactions) {
		this.digests = digests;
		this.store = store;
		this.transactions = transactions;
	}

	/**
	 * Does what can be done now.
	 */
	@Scheduled(fixedDelay = 3000)
	void move() {
		try {
			Integer number = this.digests.forms().number();
			if (number == null || (!this.digests.forms().hasBegun() && !begin(number))) {
				return;
			}
			DigestForms forms = this.digests.forms();
			if (forms.plain()) {
				moveAll(forms);
			}
			else {
				renewOutdated();
			}
		}
		catch (DataAccessException | TransactionException ex) {
			log.debug("Digests could not be moved; it is tried again: {}", ex.getClass().getSimpleName());
		}
	}

	private boolean begin(int number) {
		Long others = this.transactions.execute((status) -> {
			this.store.lock();
			long count = this.store.countOthers(number);
			if (count == 0) {
				this.store.begin(number);
			}
			return count;
		});
		if (others != null && others == 0) {
			this.digests.renew();
			return this.digests.forms().hasBegun();
		}
		if (!this.toldOfOthers) {
			log.warn(
					"Tokens are not moved to latchkey.tokens.pepper yet, since nodes run without it ({}). It begins when"
							+ " they have stopped",
					others);
			this.toldOfOthers = true;
		}
		return false;
	}

	private void moveAll(DigestForms forms) {
		UUID after = new UUID(0, 0);
		List<Row> batch;
		do {
			batch = moveSome(after, forms);
			if (!batch.isEmpty()) {
				after = batch.get(batch.size() - 1).id();
			}
		}
		while (batch.size() == BATCH);
		Integer number = forms.number();
		if (number != null && Boolean.TRUE.equals(
				this.transactions.execute((status) -> this.store.tryLockMove() && this.store.refusePlain(number)))) {
			log.info("All tokens are kept with the pepper; rows without one are no tokens any more");
			this.digests.renew();
		}
	}

	/** Returns the rows that were looked at: none if another node is moving them. */
	private List<Row> moveSome(UUID after, DigestForms forms) {
		List<Row> moved = this.transactions.execute((status) -> {
			if (!this.store.tryLockMove()) {
				return List.of();
			}
			List<Row> rows = this.store.next(after, BATCH);
			List<TokenDigest> plain = rows.stream().map(Row::digest).filter((digest) -> !digest.isKeyed()).toList();
			if (!plain.isEmpty()) {
				this.store.replace(plain, plain.stream().map(forms::write).toList());
			}
			return rows;
		});
		return (moved != null) ? moved : List.of();
	}

	private void renewOutdated() {
		Map<TokenDigest, TokenDigest> due = Map.copyOf(this.digests.outdated());
		if (!due.isEmpty()) {
			List<TokenDigest> old = new ArrayList<>(due.keySet());
			this.transactions
				.executeWithoutResult((status) -> this.store.replace(old, old.stream().map(due::get).toList()));
			old.forEach(this.digests.outdated()::remove);
		}
	}

}
