/**
 * The sample resource: shows how a feature protects itself. Delete it to start your own.
 * <p>
 * Why it is so: decision 57 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "problem", "scope", "startup", "value", "web" })
package dev.latchkey.order;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
