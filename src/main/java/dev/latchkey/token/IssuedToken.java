package dev.latchkey.token;

/**
 * A new token with its secret, which nobody can show a second time.
 *
 * @param details the token
 * @param raw the token as its holder sends it
 */
public record IssuedToken(TokenDetails details, RawToken raw) {

}
