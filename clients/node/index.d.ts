import type { IncomingMessage } from 'node:http';

/** What a service says about Latchkey and itself. It proves itself by a client and its secret, or by a token instead. */
export type LatchkeyOptions = {
  /** Where Latchkey is: a node, or what stands in front of several. */
  address: string | URL;

  /** The company part of tokens, `latchkey.tokens.prefix`. Default `lk`. */
  prefix?: string;

  /**
   * For how many milliseconds what was heard last is believed, 2000 (the default) to 300000. A token that was taken back is let in no
   * longer than that; while nothing is heard for longer, each request asks.
   */
  maxStaleness?: number;

  /** How many answers are kept. Default 10000, about 1 KB each. */
  maxTokens?: number;

  /** Addresses and blocks (`10.0.0.0/8`) of proxies whose `X-Forwarded-For` is believed. Default none: the peer's address counts. */
  trustedProxies?: readonly string[];

  /** In place of that: from where a request comes; null where nobody knows. */
  clientIp?: ((request: IncomingMessage) => string | null | undefined) | null;

  /** Whether Latchkey is asked about what has not its form, too: imported tokens, exchanged JWTs. Default false. */
  otherForms?: boolean;

  /** This service's address as Latchkey has it: tokens that are not for it are not good. Default null: whatever Latchkey tells of is. */
  resource?: string | null;

  /** Where people make tokens (`https://tokens.example.com/tokens/new`): a 403 then leads there. Default null. */
  tokenPage?: string | null;

  /** The address of this service's document (RFC 9728), for the challenge. Default null. */
  resourceMetadata?: string | null;

  /**
   * Takes a sentence about why changes are not heard, so that each request asks: each reason once until they are heard again. Default
   * `process.emitWarning`.
   */
  warn?: (message: string) => void;

  /** Default the platform's. */
  fetch?: typeof globalThis.fetch;
} & ({ clientId: string; clientSecret: string; token?: undefined } | { token: string; clientId?: undefined; clientSecret?: undefined });

/** Whose token let a request in, and what it may do here. */
export class Caller {
  private constructor();
  /** The owner's id. */
  readonly subject: string;
  /** The owner's address. */
  readonly username: string;
  readonly tokenId: string;
  /** The application that the token was given to, or null for a personal one. */
  readonly clientId: string | null;
  /** The addresses of the services that it is for. */
  readonly audience: readonly string[];
  /** Names without wildcards. */
  readonly scopes: readonly string[];
  readonly issuedAt: Date | null;
  /** Null for never. */
  readonly expiresAt: Date | null;
  can(scope: string): boolean;
}

/** A request that is not let in. The message is the `detail` of the problem. */
export class Refusal extends Error {
  private constructor();
  readonly status: 400 | 401 | 403 | 429 | 503;
  readonly code: 'invalid_request' | 'authentication_required' | 'invalid_token' | 'insufficient_scope' | 'rate_limited' | 'unavailable';
}

/** Follows the changes from the moment when it is made until `close()`. */
export class Latchkey {
  constructor(options: LatchkeyOptions);

  /**
   * Promises whose token that is.
   *
   * @param clientIp from where it was presented; null where nobody knows
   * @throws Refusal if it is not good (401), used too often (429), or nobody knows (503)
   */
  verify(token: string, clientIp: string | null): Promise<Caller>;

  /** Whether changes are heard, so that what is kept is believed, and how many answers are kept. */
  readonly state: { readonly believes: boolean; readonly kept: number };

  /** Ends the stream. */
  close(): void;
}

/** What routes ask for, as a framework takes it. */
export interface Guards<Guard> {
  /** A token with all of these scopes. */
  requireScope(...scopes: [string, ...string[]]): Guard;

  /** A token with one of these scopes. */
  requireAnyScope(...scopes: [string, ...string[]]): Guard;

  /** A good token, whatever it may do. */
  anyToken(): Guard;

  /** A good token, or no `Authorization` at all: then `request.caller` is null. */
  tokenIfGiven(): Guard;
}
