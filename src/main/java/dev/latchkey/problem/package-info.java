/**
 * RFC 9457 bodies with stable codes, the same from filters and from controllers.
 * <p>
 * Why it is so: decisions 84 and 87 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "persistence", "value" })
package dev.latchkey.problem;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
