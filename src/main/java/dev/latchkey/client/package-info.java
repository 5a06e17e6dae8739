/**
 * OAuth clients: their registration, their secrets, and how one proves itself at any
 * endpoint.
 * <p>
 * Why it is so: decisions 44, 66, 69, 81, 86, 105 and 125 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "account", "caller", "endpoint", "introspection", "language", "limit", "net",
		"page", "persistence", "problem", "resource", "scope", "startup", "token", "value", "verification", "web" })
package dev.latchkey.client;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
