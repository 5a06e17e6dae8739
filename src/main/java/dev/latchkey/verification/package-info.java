/**
 * The hot path: from a raw token to a verified token.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "scope", "startup", "token" })
package dev.latchkey.verification;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
