/**
 * From the header to the caller: converter, provider, the refusals, the chains of filters
 * before the API.
 * <p>
 * Why it is so: decisions 2, 53, 59, 62, 84 and 124 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "limit", "net", "persistence", "problem", "resource", "scope",
		"startup", "token", "verification", "web" })
package dev.latchkey.security;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
