/**
 * The values that requests, forms and settings hold, each with one parser: texts, names,
 * addresses of e-mail, ids, times and numbers.
 * <p>
 * Why it is so: decisions 61, 63, 64 and 218 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.latchkey.value;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
