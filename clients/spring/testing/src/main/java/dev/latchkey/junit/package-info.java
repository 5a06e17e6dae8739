/**
 * A Latchkey for the tests of services that take its tokens.
 */
@NullMarked
package dev.latchkey.junit;

import org.jspecify.annotations.NullMarked;
