/**
 * What all who read and write the database have in common: transactions that are tried
 * again, and whether a failure means that the database is away.
 * <p>
 * Why it is so: decisions 76, 85 and 87 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.latchkey.persistence;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
