/**
 * What all who read and write the database have in common: transactions that are tried
 * again, whether a failure means that the database is away, whether it takes writes,
 * whether it says anything at all, and how soon it is found again.
 * <p>
 * Why it is so: decisions 76, 85, 87, 103, 109, 184 and 227 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.latchkey.persistence;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
