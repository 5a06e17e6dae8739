package dev.latchkey.grant;

import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scopes;

/**
 * The scopes that a grant gives, and the services at which they count.
 *
 * @param scopes what
 * @param resources at which services
 */
record Granted(Scopes scopes, Resources resources) {

}
