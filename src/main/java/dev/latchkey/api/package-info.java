/**
 * The REST routes for tokens, login and users.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "net", "token", "verification", "scope", "user", "problem", "web", "value", "caller" })
package dev.latchkey.api;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
