/**
 * The server-rendered pages for tokens, for people who never open a terminal, and what
 * all pages have in common.
 * <p>
 * Why it is so: decisions 21, 22, 80 and 129 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "language", "net", "scope", "token", "value", "web" })
package dev.latchkey.page;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
