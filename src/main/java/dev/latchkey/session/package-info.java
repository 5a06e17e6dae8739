/**
 * Web sessions: signing in, staying signed in, signing out, and the chains of filters
 * before pages.
 * <p>
 * Why it is so: decisions 7, 20, 95, 106 and 110 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "account", "api", "caller", "language", "page", "persistence", "problem",
		"scope", "security", "startup", "token", "value", "web" })
package dev.latchkey.session;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
