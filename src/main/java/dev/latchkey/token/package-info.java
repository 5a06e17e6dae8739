/**
 * The life of a token: raw form, digest, issue, rotation, revocation, pruning.
 * <p>
 * Why it is so: decisions 1, 3, 6, 8, 41, 52, 55, 73, 76, 85 and 89 in {@code
 * docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "persistence", "scope", "startup", "value" })
package dev.latchkey.token;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
