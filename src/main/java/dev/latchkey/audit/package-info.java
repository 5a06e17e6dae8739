/**
 * Listens to everybody's events, keeps them, shows them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "problem", "scope", "token", "value", "web" })
package dev.latchkey.audit;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
