/**
 * Says what a token is good for (RFC 7662) and ends it (RFC 7009), for those who hold it
 * on behalf of others; lets who keeps such answers hear of changes. It knows neither
 * clients nor JWTs: it asks two interfaces of its own.
 * <p>
 * Why it is so: decisions 42, 72, 154, 155, 194, 220 and 221 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "endpoint", "limit", "net", "persistence", "problem", "resource",
		"scope", "startup", "token", "value", "verification" })
package dev.latchkey.introspection;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
