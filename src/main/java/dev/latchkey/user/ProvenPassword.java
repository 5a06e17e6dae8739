package dev.latchkey.user;

/**
 * An account that has shown its password, and which of its passwords: what is made on the
 * strength of it is made only while that is still the one.
 *
 * @param user the account
 * @param version how often the password had been changed
 */
public record ProvenPassword(User user, int version) {

}
