/**
 * How requests are read: pages of lists, times, limits and forms of bodies.
 * <p>
 * Why it is so: decisions 61, 90, 106 and 223 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problem", "value" })
package dev.latchkey.web;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
