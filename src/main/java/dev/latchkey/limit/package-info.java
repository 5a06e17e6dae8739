/**
 * How much is too much: what counts, against whom, and how many a minute.
 * <p>
 * Why it is so: decisions 96, 98, 107 and 226 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problem", "startup", "net", "value" })
package dev.latchkey.limit;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
