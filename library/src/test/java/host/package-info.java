/**
 * Applications of somebody else's, each with a trap, and what they may expect. They stand
 * outside Latchkey's packages, as any application does.
 */
@NullMarked
package host;

import org.jspecify.annotations.NullMarked;
