/**
 * Who is calling and what that caller may do and give; who acts, with what and from
 * where; and what the audit calls what somebody does. Who acts is one value, which the
 * doors find out and hand on.
 * <p>
 * Why it is so: decisions 65, 78 and 105 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "net", "scope", "startup", "value" })
package dev.latchkey.caller;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
