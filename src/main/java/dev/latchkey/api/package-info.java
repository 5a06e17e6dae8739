/**
 * The REST routes for tokens.
 * <p>
 * Why it is so: decisions 77 and 90 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "caller", "limit", "net", "problem", "scope", "token", "value", "verification", "web" })
package dev.latchkey.api;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
