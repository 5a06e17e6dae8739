const TITLES = {
  invalid_request: 'Invalid request',
  authentication_required: 'Authentication required',
  invalid_token: 'Invalid token',
  insufficient_scope: 'Insufficient scope',
  rate_limited: 'Too many requests',
  unavailable: 'Unavailable',
};

/** Seconds until it is worth asking again, where nobody says how many. */
const RETRY_AFTER = 2;

/** The shortest token has as many characters. */
const LONG_SEGMENT = /[^/]{20,}/g;

/** What may be as long and is none: an id, and plain words, without the digits and capitals that what a machine draws always has. */
const HARMLESS = /^(?:[\dA-Fa-f]{8}-(?:[\dA-Fa-f]{4}-){3}[\dA-Fa-f]{12}|(?=.{1,40}$)[a-z]{1,14}(?:[_.-][a-z]{1,14})+)$/;

/** The path as it is said back: a token gets there by a slip. */
const shown = (path) => path.replace(LONG_SEGMENT, (segment) => (HARMLESS.test(segment) ? segment : '****'));

/**
 * A request that is not let in: which status and code it is answered with, and why, in a sentence. The body is a problem of RFC 9457, the
 * challenge that of RFC 6750.
 */
export class Refusal extends Error {
  /**
   * @param challenge the parameters of the challenge behind the realm, '' for none of them; null for no challenge
   * @param expiresAt when the token ends that is refused for now, or null
   */
  constructor(status, code, detail, { challenge = null, headers = {}, members = {}, expiresAt = null } = {}) {
    super(detail);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.challenge = challenge;
    this.own = headers;
    this.members = members;
    this.expiresAt = expiresAt;
  }

  static malformed(reason) {
    return new Refusal(400, 'invalid_request', `${reason}.`, {
      challenge: `, error="invalid_request", error_description="${reason}"`,
    });
  }

  static noToken() {
    return new Refusal(401, 'authentication_required', 'This route needs a token: Authorization: Bearer <token>.', { challenge: '' });
  }

  static invalidToken() {
    return new Refusal(401, 'invalid_token', 'The token is not valid.', {
      challenge: ', error="invalid_token", error_description="The token is not valid"',
    });
  }

  /** @param page where its owner gets a token that has them, or null */
  static insufficientScope(scopes, oneSuffices, page) {
    const asked = scopes.join(' ');
    return new Refusal(
      403,
      'insufficient_scope',
      oneSuffices
        ? `The token lacks a scope; this route asks for one of: ${asked}.`
        : `The token lacks the scope this route asks for: ${asked}.`,
      { challenge: `, error="insufficient_scope", scope="${asked}"`, members: page ? { request_token_url: page } : {} },
    );
  }

  /** @param expiresAt when the token ends: null for never, and where nobody has said it */
  static tooMany(limit, expiresAt = null) {
    const wait = `${limit.seconds} ${limit.seconds === 1 ? 'second' : 'seconds'}`;
    return new Refusal(429, 'rate_limited', `Too many requests with this token. Try again in ${wait}.`, {
      headers: { 'Retry-After': String(limit.seconds), ...limitHeaders(limit) },
      expiresAt,
    });
  }

  static unavailable(retryAfter = RETRY_AFTER) {
    return new Refusal(503, 'unavailable', 'Whether the token is good cannot be told now. Try again in a moment.', {
      headers: { 'Retry-After': String(retryAfter) },
    });
  }

  /**
   * Returns the headers of the answer.
   *
   * @param metadata the address of the resource's document (RFC 9728), or null
   */
  headers(metadata) {
    const headers = { ...this.own, 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' };
    if (this.challenge !== null) {
      const document = metadata && this.code !== 'invalid_request' ? `, resource_metadata="${metadata}"` : '';
      headers['WWW-Authenticate'] = `Bearer realm="latchkey"${this.challenge}${document}`;
    }
    return headers;
  }

  /**
   * Returns the body of the answer.
   *
   * @param target what was asked for, from the request's first line
   */
  body(target) {
    return JSON.stringify({
      type: `urn:latchkey:problem:${this.code}`,
      title: TITLES[this.code],
      status: this.status,
      detail: this.message,
      instance: shown(target.split('?', 1)[0]),
      code: this.code,
      ...this.members,
    });
  }
}

/** Returns what an answer says of a token's limit. */
export function limitHeaders({ quota, remaining, seconds }) {
  return { 'RateLimit-Policy': `"token";q=${quota};w=60`, RateLimit: `"token";r=${remaining};t=${seconds}` };
}
