/**
 * The hot path: from a raw token to a verified token.
 * <p>
 * Why it is so: decisions 1, 50, 51, 52, 77, 92, 102, 143 and 225 in
 * {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "caller", "net", "scope", "startup", "token", "limit", "persistence", "value" })
package dev.latchkey.verification;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
