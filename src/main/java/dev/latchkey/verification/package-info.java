/**
 * The hot path: from a raw token to a verified token.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "token", "user", "scope", "startup" })
package dev.latchkey.verification;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
