/**
 * Who asks, by which address and name, over what: addresses, blocks of them, and what a
 * trusted proxy says about the client.
 * <p>
 * Why it is so: decisions 59, 60 and 62 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problem", "startup" })
package dev.latchkey.net;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
