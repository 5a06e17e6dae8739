/**
 * Moves in: reads the tokens that another system gave out, from the files that it writes,
 * so that whoever holds one goes on using it.
 * <p>
 * Why it is so: decisions 132 and 133 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "problem", "scope", "startup", "token", "value", "web" })
package dev.latchkey.moving;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
