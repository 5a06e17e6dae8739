/**
 * Verifies Latchkey's tokens in another process, from memory, with revocation bounded:
 * the client of {@code docs/remote-verification.md}. It needs the platform alone.
 */
@NullMarked
package dev.latchkey.resourceserver;

import org.jspecify.annotations.NullMarked;
