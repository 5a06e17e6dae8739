package dev.latchkey.audit;

import dev.latchkey.token.TokenEvent;
import dev.latchkey.user.UnknownLoginFailed;
import dev.latchkey.user.UserEvent;
import dev.latchkey.verification.TokenRefused;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hears what happens everywhere and has it written.
 */
@Component
class AuditListener {

	private final AuditLog log;

	private final FoldedRefusals refusals;

	AuditListener(AuditLog log, FoldedRefusals refusals) {
		this.log = log;
		this.refusals = refusals;
	}

	@EventListener
	void on(TokenEvent event) {
		String action;
		String detail;
		if (event instanceof TokenEvent.TokenIssued issued) {
			this.log.write(AuditRecord
				.here("token.created", event.ownerId(), event.tokenId(), issued.token().scopes().toString())
				.byOwnerIfNobody());
			return;
		}
		else if (event instanceof TokenEvent.TokenChanged changed) {
			action = "token.changed";
			detail = changed.token().scopes().toString();
		}
		else if (event instanceof TokenEvent.TokenRotated rotated) {
			action = "token.rotated";
			detail = "successor " + rotated.successorId();
		}
		else if (event instanceof TokenEvent.TokenReuseDetected reuse) {
			this.refusals.add(AuditRecord.here(FoldedRefusals.REUSE, reuse.ownerId(), reuse.tokenId(),
					reuse.familyRevoked() ? "family revoked" : null));
			return;
		}
		else {
			action = "token.revoked";
			detail = ((TokenEvent.TokenRevoked) event).cause().value();
		}
		this.log.write(AuditRecord.here(action, event.ownerId(), event.tokenId(), detail));
	}

	@EventListener
	void on(UserEvent event) {
		if (event instanceof UserEvent.UserLoggedIn login) {
			this.log.write(AuditRecord.by(login.user(), "login.succeeded", null));
		}
		else if (event instanceof UserEvent.UserLoginFailed failure) {
			this.refusals.add(AuditRecord.here("login.failed", failure.userId(), null, failure.user().email()));
		}
		else {
			this.log.write(AuditRecord.here(UserActions.of(event), event.userId(), null, UserActions.detail(event)));
		}
	}

	@EventListener
	void on(UnknownLoginFailed event) {
		this.refusals.add(AuditRecord.here("login.failed", null, null, "unknown account"));
	}

	@EventListener
	void on(TokenRefused event) {
		this.refusals.add(AuditRecord.here("token.refused", event.ownerId(), event.tokenId(), event.reason().value()));
	}

}
