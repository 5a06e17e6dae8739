/**
 * Latchkey in an application that exists already: its users own tokens, its controllers
 * ask for scopes, its database keeps both.
 * <p>
 * What verifies, makes and ends tokens lives in an application context of its own
 * ({@link dev.latchkey.embedded.LatchkeyCore}), of which the application sees a few
 * beans. Why it is so: decisions 169 to 171 in {@code docs/decisions}.
 */
@NullMarked
package dev.latchkey.embedded;

import org.jspecify.annotations.NullMarked;
