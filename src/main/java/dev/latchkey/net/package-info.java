/**
 * Who asks, by which address and name, over what: addresses, blocks of them, and what a
 * trusted proxy says about the client.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "problem", "startup" })
package dev.latchkey.net;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
