/**
 * Flows that end in a token: credentials for access and refresh tokens, OAuth 2.1,
 * introspection, revocation, token exchange.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "token", "verification", "scope", "user", "problem", "web",
		"value", "startup" })
package dev.latchkey.oauth;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
