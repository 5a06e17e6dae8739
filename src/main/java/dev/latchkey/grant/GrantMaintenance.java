package dev.latchkey.grant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Prunes what grants leave behind. Any node may, since doing it twice does no harm.
 */
@Component
class GrantMaintenance {

	private static final Logger log = LoggerFactory.getLogger(GrantMaintenance.class);

	private final AuthorizationStore authorizations;

	private final DeviceStore devices;

	private final PasswordGrants passwordGrants;

	GrantMaintenance(AuthorizationStore authorizations, DeviceStore devices, PasswordGrants passwordGrants) {
		this.authorizations = authorizations;
		this.devices = devices;
		this.passwordGrants = passwordGrants;
	}

	@Scheduled(fixedDelayString = "PT5M", initialDelayString = "PT5M")
	void pruneAuthorizations() {
		prune("Old authorization requests", this.authorizations::prune);
		prune("Old requests of devices", this.devices::prune);
	}

	@Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT30M")
	void pruneDescribedClients() {
		prune("Clients that described themselves", this.authorizations::pruneDescribedClients);
	}

	@Scheduled(fixedDelayString = "PT6H", initialDelayString = "PT1H")
	void prunePasswordGrants() {
		prune("Old grants for a password", this.passwordGrants::prune);
	}

	private static void prune(String what, Runnable pruning) {
		try {
			pruning.run();
		}
		catch (DataAccessException | TransactionException ex) {
			log.warn("{} could not be pruned; it is tried again: {}", what, ex.getClass().getSimpleName());
		}
	}

}
