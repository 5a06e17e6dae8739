package dev.latchkey.resourceserver.spring;

/**
 * Marks who came with a token of Latchkey, whichever way that was verified.
 */
interface OfToken {

}
