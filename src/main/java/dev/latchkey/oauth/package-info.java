/**
 * The adapters between Spring Authorization Server and the grants: what it reads and
 * checks of a request is handed to them, and what they answer is written as it expects.
 * <p>
 * Why it is so: decisions 43 and 71 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "account", "caller", "client", "endpoint", "grant", "jwt", "limit", "net",
		"problem", "scope", "startup", "token", "value", "verification", "web" })
package dev.latchkey.oauth;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
