package dev.latchkey.client;

import org.jspecify.annotations.Nullable;

/**
 * A client with its secret, which nobody can show a second time.
 *
 * @param client the client
 * @param secret the secret, or null for a public client
 */
public record RegisteredSecret(Client client, @Nullable ClientSecret secret) {

}
