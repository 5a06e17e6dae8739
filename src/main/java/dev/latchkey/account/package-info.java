/**
 * Accounts: people and their passwords, with the routes and pages about them.
 * <p>
 * Why it is so: decisions 65, 66, 67, 68 and 85 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "api", "caller", "page", "persistence", "problem", "scope", "startup",
		"token", "value", "web" })
package dev.latchkey.account;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
