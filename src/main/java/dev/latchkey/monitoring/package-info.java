/**
 * Counts and times requests. Uses nobody.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.latchkey.monitoring;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
