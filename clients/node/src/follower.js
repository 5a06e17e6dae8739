import { instant } from './clock.js';
import { EventReader } from './events.js';

/** So long without a byte, and the stream is broken off. */
const SILENCE = 3000;

const SHORTEST_PAUSE = 100;

const LONGEST_PAUSE = 5000;

/** Follows the changes at one node after the other for as long as it is wanted, and has `beliefs` know of them. */
export class Follower {
  #transport;

  #beliefs;

  #clock;

  #closed = false;

  #abort = new AbortController();

  #wake = () => {};

  constructor(transport, beliefs, clock) {
    this.#transport = transport;
    this.#beliefs = beliefs;
    this.#clock = clock;
  }

  async run() {
    let failures = 0;
    while (!this.#closed) {
      const proven = await this.#follow();
      failures = proven ? 0 : failures + 1;
      // At once where it has worked; a stream that breaks off each time before its first beat is not opened without end.
      if (!this.#closed && failures > 0) await this.#pause(failures);
    }
  }

  close() {
    this.#closed = true;
    this.#abort.abort();
    this.#wake();
  }

  /** Between a tenth of a second and five, more of it the longer it takes. */
  #pause(failures) {
    const most = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** failures);
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#clock.later(resolve, SHORTEST_PAUSE + this.#clock.random() * (most - SHORTEST_PAUSE));
    });
  }

  /** Follows one stream to its end, and returns whether it has proven something. */
  async #follow() {
    const abort = new AbortController();
    this.#abort = abort;
    const hearing = { opening: instant(this.#clock), stream: null, proven: false };
    let calm = this.#clock.later(() => abort.abort(), SILENCE);
    try {
      const chunks = await this.#transport.follow(abort.signal);
      const reader = new EventReader();
      for await (const chunk of chunks) {
        if (abort.signal.aborted) break;
        calm();
        calm = this.#clock.later(() => abort.abort(), SILENCE);
        for (const event of reader.read(chunk)) this.#take(event, hearing);
      }
    } catch {
      // Another one is opened.
    } finally {
      calm();
      abort.abort();
    }
    return hearing.proven;
  }

  /** What cannot be read ends the stream: something might have changed by it. */
  #take({ name, data }, hearing) {
    if (name === 'hello' && hearing.stream === null) {
      const hello = JSON.parse(data);
      if (![hello.now, hello.since].every(Number.isFinite) || typeof hello.rules !== 'string') throw new Error('Not a hello');
      hearing.stream = this.#beliefs.hello(hearing.opening, hello);
    } else if (hearing.stream === null) {
      throw new Error('A stream begins with a hello');
    } else if (name === 'mark') {
      const { places } = JSON.parse(data);
      if (places === '*') this.#beliefs.markAll();
      else if (Array.isArray(places)) this.#beliefs.mark(places);
      else throw new Error('Not a mark');
    } else if (name === 'beat') {
      const { proven } = JSON.parse(data);
      if (!Number.isFinite(proven) || !this.#beliefs.beat(hearing.stream, proven)) throw new Error('Not a beat');
      hearing.proven = true;
    }
  }
}
