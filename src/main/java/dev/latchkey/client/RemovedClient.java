package dev.latchkey.client;

import java.time.Instant;
import java.util.UUID;

/**
 * A client that described itself, and that an administrator has removed: it stays away
 * until that is undone.
 *
 * @param id the registration that was removed
 * @param clientId the address of its document
 * @param name what it called itself
 * @param removedAt since when it stays away
 */
record RemovedClient(UUID id, String clientId, String name, Instant removedAt) {

}
