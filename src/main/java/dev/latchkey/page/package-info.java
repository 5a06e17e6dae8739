/**
 * The server-rendered pages for people who never open a terminal.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "token", "scope", "user" })
package dev.latchkey.page;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
