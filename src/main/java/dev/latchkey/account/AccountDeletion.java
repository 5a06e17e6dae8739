package dev.latchkey.account;

import java.util.UUID;

/**
 * Says, inside the transaction and before any account is locked, that an account is about
 * to be deleted. Listeners lock now what has to be locked before accounts.
 *
 * @param id the account, which may be none
 */
public record AccountDeletion(UUID id) {

}
