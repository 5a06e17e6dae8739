package dev.latchkey.grant;

import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scopes;

/**
 * What may be done, and where.
 *
 * @param scopes what
 * @param resources at which services
 */
record Granted(Scopes scopes, Resources resources) {

}
