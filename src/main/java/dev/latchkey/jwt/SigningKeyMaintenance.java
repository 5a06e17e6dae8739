package dev.latchkey.jwt;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Makes and retires signing keys in time. Any node may, since doing it twice does no
 * harm.
 */
@Component
class SigningKeyMaintenance {

	private static final Logger log = LoggerFactory.getLogger(SigningKeyMaintenance.class);

	private final SigningKeys keys;

	SigningKeyMaintenance(SigningKeys keys) {
		this.keys = keys;
	}

	@Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT5S")
	void maintainKeys() {
		try {
			this.keys.maintain();
		}
		catch (DataAccessException | TransactionException ex) {
			log.warn("Signing keys could not be maintained; it is tried again: {}", ex.getClass().getSimpleName());
		}
	}

}
