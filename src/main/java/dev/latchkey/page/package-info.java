/**
 * The server-rendered pages for people who never open a terminal.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "net", "token", "scope", "user", "value" })
package dev.latchkey.page;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
