const WINDOW = 60_000;

/** How many tokens are counted at the most; the one whose minute began first goes first. */
const ROOM = 100_000;

/**
 * Counts the uses of tokens that have a limit, minute by minute: a token's first use begins one. It counts what this process lets in.
 */
export class Limits {
  #clock;

  #counters = new Map();

  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * Counts a use.
   *
   * @returns what is left: `{ quota, remaining, seconds, exceeded }`; one that is too many is not counted
   */
  count(id, quota) {
    const now = this.#clock.mono();
    let counter = this.#counters.get(id);
    if (!counter || counter.quota !== quota || now >= counter.end) {
      counter = { quota, used: 0, end: now + WINDOW };
      this.#counters.delete(id);
      this.#counters.set(id, counter);
      if (this.#counters.size > ROOM) this.#counters.delete(this.#counters.keys().next().value);
    }
    const exceeded = counter.used >= quota;
    if (!exceeded) counter.used++;
    return { quota, remaining: quota - counter.used, seconds: Math.max(1, Math.ceil((counter.end - now) / 1000)), exceeded };
  }
}
