import { limitHeaders, Refusal } from './refusal.js';

/** For how long before its end answers to a token say so. */
const NEAR_END = 14 * 24 * 3600 * 1000;

const SCOPE = /^[a-z][a-z0-9_.-]*(:[a-z][a-z0-9_.-]*)*$/;

/** What a route asks for: all of these scopes, or one of them; none at all where any good token will do. */
export function rule(scopes, oneSuffices = false) {
  if (scopes.length === 0) throw new TypeError('Name a scope, or take anyToken()');
  for (const scope of scopes) {
    if (typeof scope !== 'string' || !SCOPE.test(scope)) throw new TypeError(`${scope} is no name of a scope`);
  }
  return { scopes, isMetBy: (caller) => (oneSuffices ? scopes.some((one) => caller.can(one)) : scopes.every((one) => caller.can(one))), oneSuffices };
}

export const ANY_TOKEN = { scopes: [], isMetBy: () => true, oneSuffices: false };

/** As it stands in the answer to a request, whichever framework writes that: `{ caller, headers }`, or `{ status, headers, body }`. */
export class Guard {
  #verifier;

  #tokenFrom;

  #addressOf;

  #metadata;

  #tokenPage;

  #clock;

  /** Under which a request carries what was decided about its token: it is asked about once, and counted once, however many guards there are. */
  #decided = Symbol('latchkey');

  constructor(verifier, { tokenFrom, addressOf, resourceMetadata, tokenPage, clock }) {
    this.#verifier = verifier;
    this.#tokenFrom = tokenFrom;
    this.#addressOf = addressOf;
    this.#metadata = resourceMetadata;
    this.#tokenPage = tokenPage;
    this.#clock = clock;
  }

  /**
   * Decides about a request by its header alone. Returns the answer, or a promise of it where Latchkey has to be asked. The second guard of
   * a request looks at what it asks for and at nothing else.
   *
   * @param request Node's own
   * @param asked what the route asks for
   * @param guests whether who shows nothing may pass, as nobody
   */
  decide(request, asked, guests = false) {
    let token;
    try {
      token = this.#tokenFrom(request.rawHeaders);
    } catch (refusal) {
      return this.#refuse(refusal, request);
    }
    if (token === null) {
      const isGuest = guests && request.headers.authorization === undefined;
      return isGuest ? { caller: null, headers: {} } : this.#refuse(Refusal.noToken(), request);
    }
    // A map of weak keys would have to be gone through by each collection of garbage. What a copy of a request has is about another one.
    if (request[this.#decided]?.about !== request) {
      request[this.#decided] = { about: request, outcome: this.#verifier.decide(token, this.#addressOf(request)) };
    }
    const { outcome } = request[this.#decided];
    return outcome instanceof Promise ? outcome.then((late) => this.#answer(late, request, asked)) : this.#answer(outcome, request, asked);
  }

  #answer(outcome, request, asked) {
    if (outcome instanceof Refusal) return this.#refuse(outcome, request, this.#withEnd({}, outcome));
    const { caller, limit } = outcome;
    const headers = this.#withEnd(limit === null ? {} : limitHeaders(limit), caller);
    if (asked.isMetBy(caller)) return { caller, headers };
    const refusal = Refusal.insufficientScope(asked.scopes, asked.oneSuffices, this.#pageFor(caller, asked));
    return this.#refuse(refusal, request, headers);
  }

  /** Adds when a token ends that is near it. */
  #withEnd(headers, { expiresAt }) {
    if (expiresAt !== null && expiresAt - this.#clock.wall() <= NEAR_END) {
      headers['Latchkey-Token-Expires'] = expiresAt.toISOString().replace('.000Z', 'Z');
    }
    return headers;
  }

  #refuse(refusal, request, headers = {}) {
    return {
      status: refusal.status,
      headers: { ...headers, ...refusal.headers(this.#metadata) },
      body: refusal.body(request.originalUrl ?? request.url),
    };
  }

  /** An application asks its user once more; a token from the page would not be its own. */
  #pageFor(caller, { scopes, oneSuffices }) {
    if (this.#tokenPage === null || caller.clientId !== null) return null;
    const missing = oneSuffices ? scopes.slice(0, 1) : scopes.filter((scope) => !caller.can(scope));
    const name = missing.length === 1 ? `For ${missing[0]}` : `For ${missing[0]} and ${missing.length - 1} more`;
    const days = caller.expiresAt === null || caller.issuedAt === null ? '' : `&expires_in_days=${Math.max(1, Math.ceil((caller.expiresAt - caller.issuedAt) / 86_400_000))}`;
    return `${this.#tokenPage}?name=${encodeURI(name)}&scopes=${missing.join(',')}${days}`;
  }
}
