/**
 * The sample resource: shows how a feature protects itself. Delete it to start your own.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "scope", "user", "problem", "web", "value", "startup" })
package dev.latchkey.order;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
