/**
 * The life of a token: raw form, digest, issue, rotation, revocation, pruning.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "persistence", "scope", "startup", "value" })
package dev.latchkey.token;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
