/**
 * Says in one line why the server cannot start and what to do. Uses nobody.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.latchkey.startup;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
