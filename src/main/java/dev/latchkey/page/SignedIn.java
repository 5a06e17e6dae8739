package dev.latchkey.page;

import dev.latchkey.caller.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Tells the layout of every page, whichever package it belongs to, who is looking at it.
 */
@Component("signedIn")
public class SignedIn {

	/**
	 * Returns who has signed in, or null for a guest.
	 */
	public @Nullable Caller caller() {
		return Caller.current().orElse(null);
	}

	/**
	 * Returns whether somebody has signed in who may do this.
	 */
	public boolean can(String scope) {
		return Caller.current().filter((caller) -> caller.can(scope)).isPresent();
	}

}
