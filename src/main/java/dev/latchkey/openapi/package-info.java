/**
 * The document about the API (OpenAPI 3.1) and the page that shows it: what the code says
 * of each route, with the texts of {@code openapi/*.yaml} beside it.
 * <p>
 * Why it is so: decision 114 in {@code docs/decisions}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "caller", "net", "problem", "scope", "web" })
package dev.latchkey.openapi;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
