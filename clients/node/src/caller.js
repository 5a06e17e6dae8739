/** Whose token let a request in, and what it may do here. */
export class Caller {
  #scopes;

  constructor(answer) {
    this.scopes = Object.freeze((answer.scope ?? '').split(' ').filter((name) => name !== ''));
    this.#scopes = new Set(this.scopes);
    this.subject = answer.sub;
    this.username = answer.username;
    this.tokenId = answer.jti;
    this.clientId = answer.client_id ?? null;
    this.audience = Object.freeze([answer.aud ?? []].flat());
    this.issuedAt = date(answer.iat);
    this.expiresAt = date(answer.exp);
    Object.freeze(this);
  }

  can(scope) {
    return this.#scopes.has(scope);
  }
}

function date(seconds) {
  return Number.isFinite(seconds) ? new Date(seconds * 1000) : null;
}
