/**
 * The life of a token: raw form, digest, issue, rotation, revocation, pruning.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "user", "scope", "value", "startup" })
package dev.latchkey.token;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
