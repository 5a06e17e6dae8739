/**
 * Says in one line why the server cannot start and what to do, and sets for how long the
 * JVM remembers host names. Uses nobody.
 * <p>
 * Why it is so: decisions 9, 57, 75, 103, 109 and 166 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.latchkey.startup;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
