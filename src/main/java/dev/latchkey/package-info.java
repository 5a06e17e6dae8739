/**
 * Latchkey: personal access tokens for any HTTP API. Every package below is one module;
 * its {@code package-info} says what it does and whom it may use.
 */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
