/**
 * The REST routes for tokens.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "caller", "net", "problem", "scope", "token", "value", "verification", "web" })
package dev.latchkey.api;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
