/**
 * The adapters between Spring Authorization Server and the grants: what it reads and
 * checks of a request is handed to them, and what they answer is written as it expects.
 * <p>
 * A code becomes tokens in four steps. The library's filter for clients asks
 * {@code ClientAuthenticationAdapter}, which looks whether the code is unused (without a
 * lock, so that a race is told from a reuse) and has {@code ClientAuthenticator} prove
 * the client. Both travel on as one {@code TokenRequestClient}: the client is not looked
 * up again, nor who acts. The library's filter for tokens reads the form and asks
 * {@code AuthorizationCodeAuthenticationProvider}, which calls {@code CodeFlow}; that
 * locks the row and compares. {@code TokenEndpointResponseHandler} writes the answer. The
 * row is read twice because the first look must not wait and the second must not be
 * outrun.
 * <p>
 * Why it is so: decisions 43, 71 and 105 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "account", "caller", "client", "endpoint", "grant", "jwt", "language",
		"limit", "net", "persistence", "problem", "scope", "startup", "token", "value", "verification", "web" })
package dev.latchkey.oauth;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
