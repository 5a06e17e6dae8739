package dev.latchkey.verification;

import dev.latchkey.caller.UserEvent;
import dev.latchkey.token.TokenEvent;
import dev.latchkey.token.TokensImported;

import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Marks what this node itself has changed, after the commit and before the answer: no
 * request that begins after the answer is decided by what was before.
 * <p>
 * It listens for the end of the transaction and not for its commit alone: of a commit
 * whose answer was lost nobody knows whether it happened, and a mark too many does no
 * harm.
 */
@Component
class LocalChanges {

	private final Invalidations invalidations;

	LocalChanges(Invalidations invalidations) {
		this.invalidations = invalidations;
	}

	@TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION, fallbackExecution = true,
			classes = { TokenEvent.TokenRevoked.class, TokenEvent.TokenRotated.class, TokenEvent.TokenChanged.class })
	void on(TokenEvent event) {
		this.invalidations.mark(event.tokenId());
	}

	@TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION, fallbackExecution = true)
	void on(TokensImported event) {
		this.invalidations.mark(BelievedImports.MARK);
	}

	@TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION, fallbackExecution = true,
			classes = { UserEvent.UserRenamed.class, UserEvent.UserRolesChanged.class, UserEvent.UserEnabled.class,
					UserEvent.UserDisabled.class, UserEvent.UserDeleted.class })
	void on(UserEvent event) {
		this.invalidations.mark(event.userId());
	}

}
