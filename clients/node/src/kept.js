/**
 * Answers that are kept, by the digest of their token, and by its address, too, where they hold for that alone. There are never more
 * than so many: the oldest go first.
 */
export class Kept {
  #entries = new Map();

  #most;

  constructor(most) {
    this.#most = most;
  }

  find(digest, address) {
    return this.#entries.get(digest) ?? this.#entries.get(bound(digest, address));
  }

  keep(digest, address, entry) {
    const key = entry.addressBound ? bound(digest, address) : digest;
    // A token that has been bound since is looked for by its address.
    if (entry.addressBound) this.#entries.delete(digest);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > this.#most) this.#entries.delete(this.#entries.keys().next().value);
  }

  forget(digest, address) {
    this.#entries.delete(digest);
    this.#entries.delete(bound(digest, address));
  }

  get size() {
    return this.#entries.size;
  }
}

function bound(digest, address) {
  return `${digest} ${address}`;
}
