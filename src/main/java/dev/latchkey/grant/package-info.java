/**
 * The grants: how a code, a refresh token, a password, a client or another token becomes
 * tokens, and which applications people have let in.
 * <p>
 * Why it is so: decisions 40, 41, 44, 70, 72, 73, 85 and 105 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "account", "caller", "client", "endpoint", "introspection", "jwt",
		"language", "limit", "net", "page", "persistence", "problem", "resource", "scope", "startup", "token", "value",
		"verification", "web" })
package dev.latchkey.grant;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
