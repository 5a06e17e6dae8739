/**
 * The server-rendered pages for tokens, for people who never open a terminal, and what
 * all pages have in common.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "scope", "token", "value" })
package dev.latchkey.page;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
