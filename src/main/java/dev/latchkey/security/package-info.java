/**
 * From the header to the caller: converter, provider, the refusals, the filter chains.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "verification", "scope", "user", "problem", "web",
		"startup", "value" })
package dev.latchkey.security;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
