package dev.latchkey.embedded;

import java.util.HashSet;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hears {@link OwnerChanged}, in the thread that publishes it and within its transaction,
 * also where the application's multicaster leaves listeners to other threads: there the
 * application could be asked before it has committed, and what it says then be believed.
 */
class OwnerListener implements ApplicationListener<PayloadApplicationEvent<OwnerChanged>> {

	private static final Logger log = LoggerFactory.getLogger(OwnerListener.class);

	private final LatchkeyCore core;

	private final LatchkeyTokens tokens;

	OwnerListener(LatchkeyCore core, LatchkeyTokens tokens) {
		this.core = core;
		this.tokens = tokens;
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<OwnerChanged> event) {
		OwnerChanged change = event.getPayload();
		if (!this.core.isOn()) {
			return;
		}
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager
				.registerSynchronization(new Following(change, this.core.isInTransaction()));
		}
		else if (TransactionSynchronizationManager.isActualTransactionActive()) {
			// It has been completed, and its listeners are being told.
			applyAfterwards(change);
		}
		else {
			apply(change);
		}
	}

	/**
	 * What has been committed does not fail any more. Its connection is still bound, and
	 * what is written there now nobody commits.
	 */
	private void applyAfterwards(OwnerChanged change) {
		try {
			TransactionTemplate own = new TransactionTemplate(this.core.part(PlatformTransactionManager.class));
			own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			own.executeWithoutResult((status) -> apply(change));
		}
		catch (RuntimeException ex) {
			log.warn("Tokens have not heard of the change of a user: {}", ex.getClass().getSimpleName());
			log.debug("Tokens have not heard of the change of a user", ex);
		}
	}

	private void apply(OwnerChanged change) {
		if (change.deleted()) {
			this.tokens.ownerDeleted(change.id());
		}
		else {
			this.tokens.ownerChanged(change.id());
		}
	}

	/**
	 * Follows the transaction in which the change was published: within it, if it is one
	 * of the database of the tokens, so that both stand or fall together; else after it,
	 * and also where it was published between the commit and the end. What is taken back
	 * to a savepoint is no part of the transaction any more.
	 */
	private final class Following implements TransactionSynchronization {

		private final OwnerChanged change;

		private final boolean joins;

		/** Savepoints after which the change still stands. */
		private final Set<Object> later = new HashSet<>();

		private boolean applied;

		private boolean takenBack;

		private Following(OwnerChanged change, boolean joins) {
			this.change = change;
			this.joins = joins;
		}

		@Override
		public void savepoint(Object savepoint) {
			this.later.add(savepoint);
		}

		@Override
		public void savepointRollback(Object savepoint) {
			if (!this.later.contains(savepoint)) {
				this.takenBack = true;
			}
		}

		@Override
		public void beforeCommit(boolean readOnly) {
			if (this.joins && !this.takenBack) {
				apply(this.change);
				this.applied = true;
			}
		}

		@Override
		public void afterCompletion(int status) {
			if (!this.applied && !this.takenBack && status == STATUS_COMMITTED) {
				applyAfterwards(this.change);
			}
		}

	}

}
