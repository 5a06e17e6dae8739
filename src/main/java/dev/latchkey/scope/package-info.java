/**
 * Rights: the catalogue of scopes, the annotations by which a route asks for them, and
 * the check at start-up that no route is undecided.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "startup")
package dev.latchkey.scope;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
