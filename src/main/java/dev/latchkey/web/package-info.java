/**
 * How requests are read: pages of lists, times, limits and forms of bodies.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problem", "value" })
package dev.latchkey.web;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
