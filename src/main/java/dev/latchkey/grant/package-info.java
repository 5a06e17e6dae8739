/**
 * The grants: how a code, a refresh token, a password, a client or another token becomes
 * tokens, and which applications people have let in.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "account", "caller", "client", "endpoint", "introspection", "jwt", "net",
		"persistence", "problem", "scope", "startup", "token", "value", "verification" })
package dev.latchkey.grant;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
