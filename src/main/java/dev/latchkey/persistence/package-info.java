/**
 * What all who read and write the database have in common: transactions that are tried
 * again, and whether a failure means that the database is away.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.latchkey.persistence;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
