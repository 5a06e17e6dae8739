/**
 * Accounts: people and their passwords, with the routes and pages about them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "api", "caller", "page", "persistence", "problem", "scope", "startup",
		"token", "value", "web" })
package dev.latchkey.account;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
