/**
 * Times requests, and traces them where somebody takes the traces.
 * <p>
 * Why it is so: decisions 53 and 191 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "net", "problem", "startup" })
package dev.latchkey.monitoring;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
