/**
 * The command line of the same jar: what its words mean, and the application context
 * without a web server in which commands run.
 * <p>
 * Why it is so: decisions 156 and 174 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "account", "caller", "jwt", "moving", "net", "persistence", "problem",
		"scope", "startup", "token", "value" })
package dev.latchkey.cli;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
