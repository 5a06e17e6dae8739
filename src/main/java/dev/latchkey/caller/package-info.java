/**
 * Who is calling and what that caller may do and give; who acts, with what and from
 * where; and what the audit calls what somebody does.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "net", "scope", "value" })
package dev.latchkey.caller;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
