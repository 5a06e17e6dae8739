/**
 * Keeps secrets out of the log. Uses nobody; used by the log's configuration alone.
 * <p>
 * Why it is so: decision 9 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.latchkey.logging;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
