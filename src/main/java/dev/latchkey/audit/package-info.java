/**
 * Listens to everybody's events, keeps them, shows them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "token", "verification", "user", "oauth", "scope",
		"problem", "web", "value" })
package dev.latchkey.audit;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
