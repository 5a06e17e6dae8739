package dev.latchkey.limit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets failed sign-ins that are long ago, those beyond a number of rows that no server
 * has accounts for, and networks that nobody signs in from any more. Any node may, since
 * doing it twice does no harm.
 */
@Component
class SignInMaintenance {

	private static final Logger log = LoggerFactory.getLogger(SignInMaintenance.class);

	private final SignInStore store;

	SignInMaintenance(SignInStore store) {
		this.store = store;
	}

	@Scheduled(fixedDelayString = "PT5M", initialDelayString = "PT5M")
	void prune() {
		try {
			this.store.prune();
		}
		catch (DataAccessException ex) {
			log.warn("Failed sign-ins could not be pruned; it is tried again: {}", ex.getClass().getSimpleName());
		}
	}

}
