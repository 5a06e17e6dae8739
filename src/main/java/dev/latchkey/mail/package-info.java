/**
 * Tells people by mail what happens to their tokens and accounts. It hears what the audit
 * hears, and of sign-ins from new networks, and writes it into a queue, of which each
 * mail is sent by one node.
 * <p>
 * Why it is so: decisions 101 and 107 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "language", "net", "startup", "token" })
package dev.latchkey.mail;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
