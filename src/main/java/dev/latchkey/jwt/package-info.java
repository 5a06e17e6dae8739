/**
 * The keys that sign JWTs, and the JWTs signed with them.
 * <p>
 * Why it is so: decisions 45 and 72 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "startup")
package dev.latchkey.jwt;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
