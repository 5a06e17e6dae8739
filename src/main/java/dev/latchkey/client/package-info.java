/**
 * OAuth clients: their registration, their secrets, and how one proves itself at any
 * endpoint.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "account", "caller", "endpoint", "introspection", "persistence", "problem",
		"scope", "token", "value", "verification", "web" })
package dev.latchkey.client;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
