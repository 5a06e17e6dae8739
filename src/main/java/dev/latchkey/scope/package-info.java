/**
 * Rights: the catalogue of scopes, the annotations by which a route asks for them, and
 * the check at start-up that no route is undecided.
 * <p>
 * Why it is so: decisions 2, 3, 4, 5, 115 and 222 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "startup")
package dev.latchkey.scope;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
