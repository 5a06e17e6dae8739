/**
 * Answers proxies that stand in front of other services.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "scope", "user", "problem", "value" })
package dev.latchkey.gateway;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
