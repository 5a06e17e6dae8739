/**
 * Answers proxies that stand in front of other services.
 * <p>
 * Why it is so: decisions 54, 121, 122, 123 and 213 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "problem", "scope", "value" })
package dev.latchkey.gateway;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
