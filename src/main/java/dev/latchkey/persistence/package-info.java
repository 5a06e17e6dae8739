/**
 * What all who read and write the database have in common: transactions that are tried
 * again, whether a failure means that the database is away, and whether it takes writes.
 * <p>
 * Why it is so: decisions 76, 85, 87, 103 and 109 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.latchkey.persistence;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
