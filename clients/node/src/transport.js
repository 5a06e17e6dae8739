import { NoAnswer } from './questions.js';

/** Says who asks: a client with its secret (RFC 6749 section 2.3.1), or a token with `tokens:introspect`. */
function credentials({ clientId, clientSecret, token }) {
  if (token !== undefined) return `Bearer ${token}`;
  const encoded = (text) => new URLSearchParams({ '': text }).toString().slice(1);
  return `Basic ${Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString('base64')}`;
}

/** Speaks to Latchkey by the platform's `fetch`. Nothing that it throws says with what it proves itself. */
export class Transport {
  #question;

  #changes;

  #authorization;

  #fetch;

  constructor(address, options, fetch) {
    this.#question = new URL('oauth2/introspect', address);
    this.#changes = new URL('changes', address);
    this.#authorization = credentials(options);
    this.#fetch = fetch;
  }

  /**
   * Promises what introspection says, as an object.
   *
   * @param address from where the token was presented
   */
  async introspect({ token, address }, signal) {
    const response = await this.#fetch(this.#question, {
      method: 'POST',
      headers: { Authorization: this.#authorization, 'Cache-Control': 'no-cache', Accept: 'application/json' },
      body: new URLSearchParams({ token, client_ip: address }),
      redirect: 'error',
      signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new NoAnswer(seconds(response.headers.get('retry-after')));
    }
    return response.json();
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
      throw new Error(`The changes are answered with ${response.status}`);
    }
    return response.body;
  }
}

/** What another server asks for is passed on within reason. */
function seconds(retryAfter) {
  return /^[0-9]{1,2}$/.test(retryAfter ?? '') && Number(retryAfter) > 0 ? Number(retryAfter) : undefined;
}
