/**
 * Other services behind this server: their names, addresses and scopes, by the API, the
 * page or the settings. What is known of them is believed by the rule for tokens.
 * <p>
 * Why it is so: decisions 115, 116 and 117 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "language", "persistence", "problem", "scope", "startup", "token",
		"value", "verification", "web" })
package dev.latchkey.resource;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
