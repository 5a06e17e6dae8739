/**
 * Keeps secrets out of the log. Uses nobody; used by the log's configuration alone.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.latchkey.logging;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
