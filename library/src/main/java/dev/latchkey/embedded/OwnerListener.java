package dev.latchkey.embedded;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

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
		if (this.core.isInTransaction() || !TransactionSynchronizationManager.isSynchronizationActive()) {
			apply(change);
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				applyAfterwards(change);
			}

		});
	}

	/** What has been committed elsewhere does not fail any more. */
	private void applyAfterwards(OwnerChanged change) {
		try {
			apply(change);
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

}
