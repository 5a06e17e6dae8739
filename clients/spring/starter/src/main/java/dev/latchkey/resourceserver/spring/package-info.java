/**
 * Latchkey's tokens in an application on Spring Boot: a configurer for its own filter
 * chain, annotations for its routes, settings, metrics and health.
 */
@NullMarked
package dev.latchkey.resourceserver.spring;

import org.jspecify.annotations.NullMarked;
