/**
 * Accounts, roles and passwords, and the caller that handlers are given.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "scope", "startup", "value" })
package dev.latchkey.user;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
