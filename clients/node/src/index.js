import { clientAddress, UNKNOWN } from './address.js';
import { Beliefs } from './beliefs.js';
import { machineClock } from './clock.js';
import { Follower } from './follower.js';
import { ANY_TOKEN, Guard, rule } from './guard.js';
import { bearerToken } from './header.js';
import { Refusal } from './refusal.js';
import { Transport } from './transport.js';
import { Verifier } from './verifier.js';

export { Caller } from './caller.js';
export { Refusal } from './refusal.js';

const DEFAULTS = {
  prefix: 'lk',
  maxStaleness: 2000,
  maxTokens: 10_000,
  trustedProxies: [],
  clientIp: null,
  otherForms: false,
  resource: null,
  tokenPage: null,
  resourceMetadata: null,
  warn: (message) => process.emitWarning(message, 'LatchkeyWarning'),
  fetch: (...request) => globalThis.fetch(...request),
  clock: machineClock,
};

/**
 * What a service needs to let Latchkey's tokens in: it follows the changes from the moment when it is made until `close()`.
 */
export class Latchkey {
  #verifier;

  #beliefs;

  #follower;

  #guard;

  /** The options are described in index.d.ts. */
  constructor(options) {
    const settings = checked({ ...DEFAULTS, ...options });
    const { clock } = settings;
    const transport = new Transport(settings.address, settings, settings.fetch);
    this.#beliefs = new Beliefs(clock, settings.maxStaleness);
    this.#verifier = new Verifier(transport, this.#beliefs, clock, settings);
    this.#guard = new Guard(this.#verifier, {
      ...settings,
      tokenFrom: (rawHeaders) => bearerToken(rawHeaders, settings.otherForms),
      addressOf: addressOf(settings),
    });
    this.#follower = new Follower(transport, this.#beliefs, clock, settings.warn);
    this.#follower.run();
  }

  /**
   * Promises whose token that is.
   *
   * @throws Refusal if it is not good, or nobody knows
   */
  async verify(token, clientIp) {
    const outcome = await this.#verifier.decide(token, clientAddress([])(clientIp));
    if (outcome instanceof Refusal) throw outcome;
    return outcome.caller;
  }

  /** For frameworks: see guard.js. */
  decide(request, asked, guests) {
    return this.#guard.decide(request, asked, guests);
  }

  /** Whether changes are heard, so that what is kept is believed, and how many answers are kept. */
  get state() {
    return { believes: this.#beliefs.areProven, kept: this.#verifier.kept };
  }

  /** Ends the stream. What is asked from then on is asked of Latchkey each time. */
  close() {
    this.#follower.close();
  }
}

/**
 * Returns what a framework's guards are made from: `guard(asked, guests)` makes one.
 */
export function guards(guard) {
  return {
    requireScope: (...scopes) => guard(rule(scopes), false),
    requireAnyScope: (...scopes) => guard(rule(scopes, true), false),
    anyToken: () => guard(ANY_TOKEN, false),
    tokenIfGiven: () => guard(ANY_TOKEN, true),
  };
}

function addressOf({ clientIp, trustedProxies }) {
  const address = clientAddress(trustedProxies);
  if (clientIp !== null) return (request) => address(clientIp(request) ?? UNKNOWN);
  // Node reads all headers as soon as one is asked for by its name.
  if (trustedProxies.length === 0) return (request) => address(request.socket.remoteAddress);
  return (request) => address(request.socket.remoteAddress, request.headers['x-forwarded-for']);
}

/** No message repeats a secret. */
function checked(settings) {
  const { address, clientId, clientSecret, token, prefix, resource, maxStaleness, maxTokens, warn } = settings;
  const fault = (name, what) => new TypeError(`${name}: ${what}`);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw fault('address', 'where Latchkey is, http or https, and nothing but that');
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  const isClient = [clientId, clientSecret].every((text) => typeof text === 'string' && text !== '');
  if (isClient === (typeof token === 'string' && token !== '')) {
    throw fault('clientId, clientSecret', 'the two of them, or a token instead');
  }
  if (!/^[a-z0-9]{1,10}$/.test(prefix)) throw fault('prefix', '1 to 10 of a-z and 0-9');
  if (resource !== null && (typeof resource !== 'string' || !URL.canParse(resource))) throw fault('resource', 'the address of this service, as Latchkey has it');
  if (!Number.isFinite(maxStaleness) || maxStaleness < 2000 || maxStaleness > 300_000) throw fault('maxStaleness', '2000 to 300000 milliseconds');
  if (!Number.isInteger(maxTokens) || maxTokens < 1) throw fault('maxTokens', '1 or more');
  if (typeof warn !== 'function') throw fault('warn', 'a function that takes a sentence');
  return { ...settings, address: url };
}
