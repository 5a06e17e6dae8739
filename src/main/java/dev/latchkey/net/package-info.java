/**
 * Who asks, by which address and name, over what: addresses, blocks of them, and what a
 * trusted proxy says about the client; and what a request is called.
 * <p>
 * Why it is so: decisions 59, 60, 62 and 135 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problem", "startup", "value" })
package dev.latchkey.net;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
