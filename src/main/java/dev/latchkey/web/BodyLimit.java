package dev.latchkey.web;

import org.springframework.util.unit.DataSize;

/**
 * How large a body may be at a path for which {@code latchkey.web.max-body-size} does not
 * hold.
 *
 * @param path the path
 * @param size its own limit
 */
public record BodyLimit(String path, DataSize size) {

}
