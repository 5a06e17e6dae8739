package dev.latchkey.user;

/**
 * Somebody tried to sign in as an account that does not exist. The address is left out:
 * people type passwords into the wrong field.
 */
public record UnknownLoginFailed() {

}
