/** What a test has in the place of Latchkey: it answers questions as the test wants, and its streams are written by the test. */
export class FakeLatchkey {
  questions = [];

  streams = [];

  /** What the next questions are answered with: an answer, or a function that makes one or a promise of one. */
  answer = active();

  streamStatus = 200;

  fetch = (url, init) => {
    init.signal?.throwIfAborted();
    return url.pathname.endsWith('/changes') ? this.#stream(init) : this.#question(url, init);
  };

  get stream() {
    return this.streams.at(-1);
  }

  async #question(url, init) {
    const question = { url, headers: init.headers, body: Object.fromEntries(init.body) };
    this.questions.push(question);
    const answer = typeof this.answer === 'function' ? this.answer(question) : this.answer;
    const given = await Promise.race([answer, aborted(init.signal)]);
    return given?.status ? given : answered(given);
  }

  async #stream(init) {
    const stream = new FakeStream(init);
    this.streams.push(stream);
    return {
      status: this.streamStatus,
      headers: new Headers({ 'content-type': 'text/event-stream' }),
      body: stream.pieces(),
    };
  }
}

export class FakeStream {
  #written = [];

  #wake = () => {};

  #ended = false;

  constructor({ headers, signal }) {
    this.headers = headers;
    this.signal = signal;
    this.gone = aborted(signal);
    this.gone.catch(() => this.#wake());
  }

  hello(now = 50_000, since = now - 15_000, rules = 'r1') {
    return this.send('hello', { now, since, rules });
  }

  mark(...places) {
    return this.send('mark', { places: places[0] === '*' ? '*' : places });
  }

  beat(proven) {
    return this.send('beat', { proven });
  }

  send(name, data) {
    return this.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  write(text) {
    this.#written.push(new TextEncoder().encode(text));
    this.#wake();
    return this;
  }

  end() {
    this.#ended = true;
    this.#wake();
  }

  /** As the body of a response. */
  pieces() {
    const stream = this;
    return {
      cancel: async () => stream.end(),
      async *[Symbol.asyncIterator]() {
        for (;;) {
          stream.signal.throwIfAborted();
          if (stream.#written.length > 0) yield stream.#written.shift();
          else if (stream.#ended) return;
          else await new Promise((resolve) => (stream.#wake = resolve));
        }
      },
    };
  }
}

function aborted(signal) {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });
}

/** An answer about a good token. */
export function active(changes = {}) {
  return {
    active: true,
    scope: 'parcels:read',
    username: 'ada@example.com',
    sub: 'ada',
    jti: 't1',
    token_type: 'Bearer',
    iat: 1_789_000_000,
    now: 1_790_000_000,
    places: [7, 9],
    rules: 'r1',
    address_bound: false,
    rate_limit: null,
    believe_s: 60,
    ...changes,
  };
}

/** An answer as it comes, in pieces. */
export function answered(answer, pieces = [JSON.stringify(answer)]) {
  const body = (async function* () {
    for (const piece of pieces) yield new TextEncoder().encode(piece);
  })();
  return { status: 200, headers: new Headers(), body };
}

export const INACTIVE = { active: false };

export function failure(status, headers = {}) {
  return { status, headers: new Headers(headers), body: { cancel: async () => {} } };
}
