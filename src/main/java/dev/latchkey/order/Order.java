package dev.latchkey.order;

import java.time.Instant;
import java.util.UUID;

/**
 * An order as its owner sees it.
 */
record Order(UUID id, String item, int quantity, Instant createdAt) {

}
