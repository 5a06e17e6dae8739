import { settled, TestClock } from './clock.js';
import { answered } from './fake-latchkey.js';
import { token } from './tokens.js';

const TOKENS = 6;

/** A node's clock starts anywhere, and runs by up to so much beside the client's. */
const RATE = 0.0008;

const REACH = 15_000;

/** Numbers between 0 and 1 that follow from a seed (mulberry32). */
export function drawn(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A database, two nodes that hear of its changes, a balancer and a network, all drawn from one seed: what takes long, what is cut, what
 * holds back, what is stopped. It keeps who was let in when, and knows what was good then.
 */
export class World {
  clock = new TestClock();

  acceptances = [];

  questions = 0;

  #random;

  /** Of each token, when it became what. */
  #lives = Array.from({ length: TOKENS }, () => [{ at: 0, good: true }]);

  #nodes;

  #streams = new Set();

  /** Until then nothing reaches the client. */
  #held = 0;

  constructor(seed) {
    this.#random = drawn(seed);
    this.clock.random = this.#random;
    this.#nodes = [0, 1].map(() => ({
      origin: this.#random() * 1e6,
      rate: 1 + (this.#random() - 0.5) * 2 * RATE,
      delay: 5,
      stoppedUntil: 0,
      lastDelivery: 0,
      ring: [],
      since: this.clock.now,
      proven: null,
      remembered: new Map(),
    }));
    this.#nodes.forEach((node) => this.#beat(node));
  }

  fetch = (url, init) => (url.pathname === '/changes' ? this.#changes(init) : this.#introspect(init));

  /** Has the client live through that, and returns what it did that it must not. */
  async live(newClient, milliseconds) {
    const client = newClient({ address: 'http://latchkey.test', clientId: 'x', clientSecret: 'y', fetch: this.fetch, clock: this.clock });
    const end = this.clock.now + milliseconds;
    this.#often(() => this.#use(client), 10, 60, end);
    this.#often(() => this.#change(), 100, 1_500, end);
    this.#often(() => this.#fault(), 1_000, 6_000, end);
    await this.clock.advance(milliseconds);
    client.close();
    await settled();
    return this.#lateAcceptances();
  }

  #between(least, most) {
    return least + this.#random() * (most - least);
  }

  #one(list) {
    return list[Math.floor(this.#random() * list.length)];
  }

  #often(action, least, most, end) {
    const again = () => {
      if (this.clock.now >= end) return;
      action();
      this.clock.later(again, this.#between(least, most));
    };
    again();
  }

  #use(client) {
    const number = Math.floor(this.#random() * TOKENS);
    const asked = this.questions;
    client.verify(token(number), '192.0.2.7').then(
      () => this.acceptances.push({ number, at: this.clock.now, fromMemory: asked === this.questions }),
      () => {},
    );
  }

  /** Committed now; each node hears of it in the order of commits, after a while. */
  #change() {
    const number = Math.floor(this.#random() * TOKENS);
    const good = !this.#lives[number].at(-1).good;
    this.#lives[number].push({ at: this.clock.now, good });
    for (const node of this.#nodes) this.#tell(node, () => this.#hear(node, number));
  }

  #tell(node, action) {
    node.lastDelivery = Math.max(node.lastDelivery, this.clock.now + this.#between(1, node.delay));
    const deliver = () => {
      if (this.clock.now < node.stoppedUntil) this.clock.later(deliver, node.stoppedUntil - this.clock.now);
      else action();
    };
    this.clock.later(deliver, node.lastDelivery - this.clock.now);
  }

  #hear(node, number) {
    node.remembered.delete(number);
    node.ring.push({ at: this.clock.now, number });
    this.#write(node, 'mark', { places: [number] });
  }

  #beat(node) {
    const sent = this.clock.now;
    this.#tell(node, () => {
      node.proven = sent;
      this.#write(node, 'beat', { proven: this.#stamp(node, sent) - 1 });
    });
    this.clock.later(() => this.#beat(node), 500);
  }

  #stamp(node, time) {
    return Math.floor((time - node.origin) * node.rate);
  }

  #write(node, name, data) {
    for (const stream of this.#streams) if (stream.node === node) stream.write(name, data);
  }

  /** One fault of the table. */
  #fault() {
    const node = this.#one(this.#nodes);
    const long = this.#between(200, 9_000);
    const streams = [...this.#streams];
    const faults = [
      () => streams.forEach((stream) => stream.end()),
      () => streams.forEach((stream) => stream.hold(long)),
      () => streams.forEach((stream) => stream.hold(Infinity)),
      () => (node.stoppedUntil = this.clock.now + long),
      () => {
        node.delay = this.#between(5, 4_000);
        this.clock.later(() => (node.delay = 5), 10_000);
      },
      () => {
        // Its process, with what has not been read by it.
        streams.forEach((stream) => stream.hold(long));
        this.#held = this.clock.now + long;
      },
      () => {
        node.ring = [];
        node.since = this.clock.now;
        node.origin = this.clock.now - this.#random() * 1e6;
        node.proven = null;
        streams.filter((stream) => stream.node === node).forEach((stream) => stream.end());
      },
    ];
    this.#one(faults)();
  }

  async #changes({ signal }) {
    const node = this.#one(this.#nodes);
    await this.#takes(this.#between(1, 40), signal);
    while (this.clock.now < node.stoppedUntil) await this.#takes(50, signal);
    if (node.proven === null || this.clock.now - node.proven > 2_000) return { status: 503, headers: new Headers(), body: { cancel: async () => {} } };
    const stream = new SimulatedStream(this.clock, node, () => this.#between(1, 20), () => this.#streams.delete(stream));
    this.#streams.add(stream);
    const since = Math.max(node.since, this.clock.now - REACH);
    stream.write('hello', { now: this.#stamp(node, this.clock.now), since: this.#stamp(node, since) + 1, rules: 'r1' });
    for (const mark of node.ring) if (mark.at >= since) stream.write('mark', { places: [mark.number] });
    stream.write('beat', { proven: this.#stamp(node, node.proven) - 1 });
    return { status: 200, headers: new Headers({ 'content-type': 'text/event-stream' }), body: stream.pieces(signal) };
  }

  async #introspect({ body, headers, signal }) {
    this.questions++;
    const node = this.#one(this.#nodes);
    await this.#takes(this.#between(1, 30), signal);
    while (this.clock.now < node.stoppedUntil) await this.#takes(50, signal);
    const number = Array.from({ length: TOKENS }, (none, i) => i).find((i) => token(i) === body.get('token'));
    const read = this.#lives[number].at(-1).good;
    const asksTheDatabase = headers['Cache-Control'] === 'no-cache';
    if (asksTheDatabase || !node.remembered.has(number)) node.remembered.set(number, read);
    const good = asksTheDatabase ? read : node.remembered.get(number);
    await this.#takes(this.#random() < 0.1 ? this.#between(100, 2_500) : this.#between(1, 30), signal);
    while (this.clock.now < this.#held) await this.#takes(this.#held - this.clock.now, signal);
    const answer = good
      ? { active: true, scope: '', sub: 'x', jti: String(number), now: 0, places: [number, 100], rules: 'r1', address_bound: false, rate_limit: null, believe_s: 60 }
      : { active: false };
    return answered(answer);
  }

  #takes(milliseconds, signal) {
    return new Promise((resolve, reject) => {
      this.clock.later(resolve, milliseconds);
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  }

  /** Accepted at a time, though it had not been good within two seconds before it; the clocks' rates are worth some milliseconds. */
  #lateAcceptances() {
    return this.acceptances.filter(({ number, at }) => {
      const life = this.#lives[number];
      return !life.some(({ at: begun, good }, i) => good && begun <= at && (life[i + 1]?.at ?? Infinity) >= at - 2_010);
    });
  }
}

/** Bytes in the order in which they were written, each when the network lets it through. */
class SimulatedStream {
  #clock;

  #latency;

  #ended;

  #queue = [];

  #heldUntil = 0;

  #last = 0;

  #wake = () => {};

  #open = true;

  constructor(clock, node, latency, ended) {
    this.#clock = clock;
    this.node = node;
    this.#latency = latency;
    this.#ended = ended;
  }

  write(name, data) {
    this.#queue.push(new TextEncoder().encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
    this.#last = Math.max(this.#last, this.#clock.now + this.#latency());
    this.#clock.later(() => this.#wake(), this.#last - this.#clock.now);
  }

  hold(milliseconds) {
    this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now + milliseconds);
    if (milliseconds !== Infinity) this.#clock.later(() => this.#wake(), this.#heldUntil - this.#clock.now);
  }

  end() {
    this.#open = false;
    this.#ended();
    this.#wake();
  }

  pieces(signal) {
    const stream = this;
    signal.addEventListener('abort', () => stream.end());
    return {
      cancel: async () => stream.end(),
      async *[Symbol.asyncIterator]() {
        while (!signal.aborted) {
          if (stream.#clock.now >= stream.#heldUntil && stream.#queue.length > 0) yield stream.#queue.shift();
          else if (!stream.#open) return;
          else await new Promise((resolve) => (stream.#wake = resolve));
        }
      },
    };
  }
}
