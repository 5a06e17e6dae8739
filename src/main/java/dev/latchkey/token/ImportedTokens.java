package dev.latchkey.token;

import org.springframework.dao.DataAccessException;

/**
 * Knows whether tokens are kept here that another system gave out. It is remembered where
 * verified tokens are, and believed by the same rule.
 */
public interface ImportedTokens {

	/**
	 * Returns whether there are some, ended or not.
	 * @throws DataAccessException if that cannot be known now
	 */
	boolean exist();

	/**
	 * Returns whether there are some that are presented with a number before them.
	 * @throws DataAccessException if that cannot be known now
	 */
	boolean existNumbered();

}
