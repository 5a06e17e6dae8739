package dev.latchkey.scope;

import java.util.Collection;

import org.springframework.security.core.Authentication;

/**
 * Hears which scopes somebody was asked for and had. The room that remembers them
 * implements it.
 */
public interface ScopeUses {

	/**
	 * Takes note of scopes that opened something, at no cost worth speaking of.
	 * @param caller who has them
	 * @param scopes plain names, no wildcards
	 */
	void used(Authentication caller, Collection<String> scopes);

}
