/**
 * The sample resource: shows how a feature protects itself. Delete it to start your own.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "problem", "scope", "startup", "value", "web" })
package dev.latchkey.order;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
