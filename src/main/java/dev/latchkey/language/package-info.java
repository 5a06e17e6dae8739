/**
 * In which language somebody reads pages and mails, and the texts in it. What programs
 * read, the API's problems included, is English.
 * <p>
 * Why it is so: decisions 175 and 176 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "value")
package dev.latchkey.language;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
