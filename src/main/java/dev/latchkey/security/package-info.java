/**
 * From the header to the caller: converter, provider, the refusals, the chains of filters
 * before the API.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "persistence", "problem", "scope", "startup", "value",
		"verification", "web" })
package dev.latchkey.security;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
