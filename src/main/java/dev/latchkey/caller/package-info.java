/**
 * Who acts, with what and from where, and what the audit calls what somebody does.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "net")
package dev.latchkey.caller;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
