/**
 * Says what a token is good for (RFC 7662) and ends it (RFC 7009), for those who hold it
 * on behalf of others. It knows neither clients nor JWTs: it asks two interfaces of its
 * own.
 * <p>
 * Why it is so: decisions 42, 72 and 154 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "endpoint", "limit", "net", "problem", "resource", "scope",
		"token", "value", "verification" })
package dev.latchkey.introspection;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
