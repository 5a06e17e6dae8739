/**
 * Runs the server for a try: with an embedded PostgreSQL, public accounts and on this
 * machine alone. Not in the jar.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "account", "caller", "client", "net", "scope", "startup" })
package dev.latchkey.demo;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
