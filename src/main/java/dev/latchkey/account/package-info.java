/**
 * Accounts: people and their passwords, with the routes and pages about them. A trigger
 * keeps what tokens need of an account as the account is, in the statement that changes
 * it.
 * <p>
 * Why it is so: decisions 65, 66, 67, 68, 85, 92, 99, 105 and 195 in
 * {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "api", "caller", "language", "limit", "page", "persistence", "problem",
		"scope", "startup", "token", "value", "web" })
package dev.latchkey.account;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
