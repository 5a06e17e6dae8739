package dev.latchkey.scope;

import java.util.Map;

/**
 * What the catalogue asks for the scopes of other services. The room that keeps them
 * implements it.
 */
public interface ResourceScopes {

	/**
	 * Returns the scopes by their names, those of a resource together. As long as nothing
	 * has changed it is the same map.
	 * @throws org.springframework.dao.DataAccessException if what is remembered may not
	 * be so any more, and the database does not answer
	 */
	Map<String, Scope> byName();

	/**
	 * Likewise as the database has them now, and keeps them so until the transaction
	 * ends.
	 */
	Map<String, Scope> lockForShare();

}
