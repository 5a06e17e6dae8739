package dev.latchkey.oauth;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Does what has to be done from time to time. Any node may, since doing it twice does no
 * harm.
 */
@Component
class Housekeeping {

	private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

	private final SigningKeys keys;

	private final AuthorizationStore authorizations;

	private final PasswordGrants passwordGrants;

	Housekeeping(SigningKeys keys, AuthorizationStore authorizations, PasswordGrants passwordGrants) {
		this.keys = keys;
		this.authorizations = authorizations;
		this.passwordGrants = passwordGrants;
	}

	@Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT5S")
	void tendKeys() {
		attempt("Signing keys", this.keys::tend);
	}

	@Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1H")
	void pruneAuthorizations() {
		attempt("Old authorization requests", this.authorizations::prune);
	}

	@Scheduled(fixedDelayString = "PT6H", initialDelayString = "PT1H")
	void prunePasswordGrants() {
		attempt("Old grants for a password", this.passwordGrants::prune);
	}

	private static void attempt(String what, Runnable work) {
		try {
			work.run();
		}
		catch (DataAccessException | TransactionException ex) {
			log.warn("{} could not be looked after; it is tried again: {}", what, ex.getClass().getSimpleName());
		}
	}

}
