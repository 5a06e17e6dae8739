/**
 * What every endpoint of OAuth has in common: the form it reads (RFC 6749 section 3.2)
 * and the responses and errors it writes (section 5.2).
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "persistence", "problem", "scope" })
package dev.latchkey.endpoint;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
