package dev.latchkey.account;

import java.util.UUID;

/**
 * Says, inside the transaction and before any account is held, that somebody wants to
 * delete this one: what is held before accounts and changes with it is taken now.
 *
 * @param id the account, which may be none
 */
public record AccountDeletion(UUID id) {

}
