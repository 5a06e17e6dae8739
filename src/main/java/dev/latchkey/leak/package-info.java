/**
 * Hears from secret scanners which tokens were found where everybody reads, and ends
 * them.
 * <p>
 * Why it is so: decision 100 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "limit", "problem", "scope", "startup", "token", "value", "web" })
package dev.latchkey.leak;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
