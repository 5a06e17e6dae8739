/**
 * Says in one line why the server cannot start and what to do, sets for how long the JVM
 * remembers host names, and has the image's health check. Uses nobody.
 * <p>
 * Why it is so: decisions 9, 57, 75, 103, 109, 166, 172, 201 and 219 in
 * {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.latchkey.startup;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
