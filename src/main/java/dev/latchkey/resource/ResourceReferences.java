package dev.latchkey.resource;

import java.util.List;
import java.util.Set;

import dev.latchkey.caller.Actor;

/**
 * Whoever keeps names of resources and of their scopes, beside the tokens: what is
 * removed is forgotten there in the same transaction, so that a resource which later has
 * the name inherits nothing. Whoever writes such names holds the catalogue until its
 * transaction ends ({@link dev.latchkey.scope.ScopeAdmission#of(java.util.Collection)}).
 */
public interface ResourceReferences {

	/**
	 * Returns who belongs to a resource, for people; while there is somebody it stays.
	 */
	default List<String> dependants(String resource) {
		return List.of();
	}

	/**
	 * Forgets what there is no more, in the open transaction.
	 * @param by who removes it
	 * @param scopes names of scopes, and wildcards under which none is left
	 * @param resources names of resources
	 */
	void forget(Actor by, Set<String> scopes, Set<String> resources);

}
