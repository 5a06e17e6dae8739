/**
 * Listens to everybody's events, keeps them, shows them.
 * <p>
 * Why it is so: decisions 22, 78, 79 and 186 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "language", "net", "problem", "scope", "token", "value", "web" })
package dev.latchkey.audit;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
