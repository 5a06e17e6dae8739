/**
 * What every endpoint of OAuth has in common: the form it reads (RFC 6749 section 3.2)
 * and the responses and errors it writes (section 5.2).
 * <p>
 * Why it is so: decisions 42, 69 and 185 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "net", "persistence", "problem", "scope" })
package dev.latchkey.endpoint;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
