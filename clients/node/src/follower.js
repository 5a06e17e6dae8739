import { instant } from './clock.js';
import { EventReader } from './events.js';
import { NotFollowed } from './transport.js';

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

  #warn;

  /** What was said since something was proven last: each reason once, however often it is tried again. */
  #said = new Set();

  #abort = new AbortController();

  #wake = () => {};

  /** @param warn is told in a sentence why nothing is heard */
  constructor(transport, beliefs, clock, warn) {
    this.#transport = transport;
    this.#beliefs = beliefs;
    this.#clock = clock;
    this.#warn = warn;
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

  /** A stream that ends after its five minutes is no news. */
  #tell(reason) {
    if (this.#closed || this.#said.has(reason)) return;
    this.#said.add(reason);
    try {
      const told = this.#warn(`Changes at Latchkey are not heard: ${reason}. Until they are, each request is asked about.`);
      Promise.resolve(told).catch(() => {});
    } catch {
      // Whatever becomes of the warning, at once or later, the next stream is opened.
    }
  }

  /** Follows one stream to its end, and returns whether it has proven something. */
  async #follow() {
    const abort = new AbortController();
    this.#abort = abort;
    const hearing = { opening: instant(this.#clock), stream: null, proven: false };
    let reason = 'the stream has ended before it proved anything';
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
    } catch (failure) {
      // Another one is opened.
      reason = abort.signal.aborted ? `nothing has come for ${SILENCE / 1000} s` : whyNot(failure);
    } finally {
      calm();
      abort.abort();
    }
    if (!hearing.proven) this.#tell(reason);
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
      this.#said.clear();
    }
  }
}

/** What the platform says of a request may repeat its headers, and so the secret. */
function whyNot(failure) {
  if (failure instanceof NotFollowed) return failure.message;
  return failure?.cause?.code ? `it cannot be reached (${failure.cause.code})` : 'the stream has failed';
}
