package dev.latchkey.mail;

import java.util.UUID;

import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.UserEvent;
import dev.latchkey.language.LanguageRead;
import dev.latchkey.token.RevocationCause;

import org.springframework.context.event.EventListener;

/**
 * Hears what happens everywhere, inside the transaction in which it happens, and puts
 * what its owner should know into the queue.
 */
class MailListener {

	private final MailQueue queue;

	MailListener(MailQueue queue) {
		this.queue = queue;
	}

	@EventListener
	void on(AuditedAct act) {
		UUID token = act.tokenId();
		UUID owner = act.ownerId();
		String ip = act.actor().ip();
		if (act.action() == AuditAction.TOKEN_CREATED && token != null) {
			this.queue.putAboutToken(MailKind.TOKEN_MADE, token, false, null, ip);
		}
		else if (act.action() == AuditAction.TOKEN_REVOKED && token != null
				&& RevocationCause.LEAKED.value().equals(act.detail())) {
			this.queue.putAboutToken(MailKind.TOKEN_LEAKED, token, true, null, null);
		}
		else if (act.action() == AuditAction.USER_PASSWORD_CHANGED && owner != null) {
			this.queue.putAboutAccount(MailKind.PASSWORD_SET, owner, null, ip);
		}
	}

	@EventListener
	void on(LanguageRead read) {
		this.queue.keepLanguage(read.accountId(), read.language());
	}

	@EventListener
	void on(UserEvent.UserSignedInElsewhere event) {
		this.queue.putAboutAccount(MailKind.SIGNED_IN_ELSEWHERE, event.userId(), null, event.by().ip());
	}

}
