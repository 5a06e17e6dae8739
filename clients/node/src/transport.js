import { NoAnswer } from './questions.js';
import { Refusal } from './refusal.js';

/** More bytes than any answer has. */
const LONGEST = 1 << 20;

/** What a token's own limit is called (`RateLimit-Policy`). */
const OF_A_TOKEN = /^"token";q=([0-9]{1,9})(?:;|$)/;

/** Says who asks: a client with its secret (RFC 6749 section 2.3.1), or a token with `tokens:introspect`. */
function credentials({ clientId, clientSecret, token }) {
  if (token !== undefined) return `Bearer ${token}`;
  const encoded = (text) => new URLSearchParams({ '': text }).toString().slice(1);
  return `Basic ${Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString('base64')}`;
}

/** Says how a stream of changes was refused. */
export class NotFollowed extends Error {
  constructor(status, type) {
    super(`the stream is answered with ${status}${status === 200 ? ` and ${type === '' ? 'no type' : type}` : ''}`);
  }
}

/** Speaks to Latchkey by the platform's `fetch`. Nothing that it throws says with what it proves itself. */
export class Transport {
  #question;

  #changes;

  #authorization;

  /** Who asks by a token hears of that one's limit, too, and cannot tell them apart. */
  #hearsOfLimits;

  #fetch;

  constructor(address, options, fetch) {
    this.#question = new URL('oauth2/introspect', address);
    this.#changes = new URL('changes', address);
    this.#authorization = credentials(options);
    this.#hearsOfLimits = options.token === undefined;
    this.#fetch = fetch;
  }

  /**
   * Promises what introspection says, as an object.
   *
   * @param address from where the token was presented
   * @throws Refusal where Latchkey has counted too many uses of the token
   */
  async introspect({ token, address }, signal) {
    const response = await this.#ask({
      method: 'POST',
      headers: { Authorization: this.#authorization, 'Cache-Control': 'no-cache', Accept: 'application/json' },
      body: new URLSearchParams({ token, client_ip: address }),
      redirect: 'error',
      signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      const wait = seconds(response.headers.get('retry-after'));
      const [, quota] = OF_A_TOKEN.exec(response.headers.get('ratelimit-policy') ?? '') ?? [];
      if (response.status === 429 && quota !== undefined && this.#hearsOfLimits) {
        throw Refusal.tooMany({ quota: Number(quota), remaining: 0, seconds: wait ?? 1 });
      }
      throw new NoAnswer(wait);
    }
    return JSON.parse(await text(response));
  }

  /** A connection that somebody has closed meanwhile is found out when it is used: then it is tried once more. */
  async #ask(request) {
    try {
      return await this.#fetch(this.#question, request);
    } catch (failure) {
      if (request.signal.aborted) throw failure;
      return this.#fetch(this.#question, request);
    }
  }

  /** Promises the pieces of a stream of changes. */
  async follow(signal) {
    const response = await this.#fetch(this.#changes, {
      headers: { Authorization: this.#authorization, Accept: 'text/event-stream', 'Cache-Control': 'no-store' },
      redirect: 'error',
      signal,
    });
    const type = response.headers.get('content-type') ?? '';
    if (response.status !== 200 || !type.startsWith('text/event-stream') || response.body === null) {
      await response.body?.cancel();
      throw new NotFollowed(response.status, type.split(';')[0]);
    }
    return response.body;
  }
}

/** What another server asks for is passed on within reason. */
function seconds(retryAfter) {
  return /^[0-9]{1,2}$/.test(retryAfter ?? '') && Number(retryAfter) > 0 ? Number(retryAfter) : undefined;
}

async function text(response) {
  const pieces = [];
  let length = 0;
  for await (const piece of response.body) {
    length += piece.length;
    if (length > LONGEST) throw new Error('An answer has no end');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}
