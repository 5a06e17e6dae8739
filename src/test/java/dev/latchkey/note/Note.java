package dev.latchkey.note;

import java.time.Instant;
import java.util.UUID;

/**
 * A note as its owner sees it.
 */
record Note(UUID id, String text, int copies, Instant createdAt) {

}
