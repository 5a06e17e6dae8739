/**
 * The life of a token: raw form, digest, issue, rotation, revocation, pruning. Of an
 * owner it has a row of its own, {@code token_owner}, which whoever has the accounts
 * keeps as they are; it asks nobody about accounts.
 * <p>
 * What is new and whole sets are written by SQL, one token that changes as an entity;
 * none of the two reads what the other has written in the same transaction.
 * <p>
 * Why it is so: decisions 1, 3, 6, 8, 41, 52, 55, 73, 76, 85, 89, 92, 97, 104 and 105 in
 * {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "persistence", "scope", "startup", "value" })
package dev.latchkey.token;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
