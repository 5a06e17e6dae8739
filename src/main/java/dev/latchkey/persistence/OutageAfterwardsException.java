package dev.latchkey.persistence;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Says that the database went away when what had been asked for may have been done
 * already: whoever asked must not be told that it was not.
 */
public class OutageAfterwardsException extends DataAccessResourceFailureException {

	private static final long serialVersionUID = 1L;

	/**
	 * Says so.
	 * @param outage the failure by which it was noticed
	 */
	public OutageAfterwardsException(RuntimeException outage) {
		super("The database was away afterwards", outage);
	}

}
