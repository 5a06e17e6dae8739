package dev.latchkey.token;

/**
 * Says inside the transaction that tokens of another system have been taken in.
 */
public record TokensImported() {

}
