/**
 * RFC 9457 bodies with stable codes, the same from filters and from controllers.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "persistence", "value" })
package dev.latchkey.problem;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
