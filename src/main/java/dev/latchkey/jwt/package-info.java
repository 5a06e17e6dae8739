/**
 * The keys that sign JWTs, and the JWTs signed with them.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "startup")
package dev.latchkey.jwt;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
