import { hash } from 'node:crypto';
import { UNKNOWN } from './address.js';
import { Beliefs } from './beliefs.js';
import { Caller } from './caller.js';
import { instant, WALL_SLACK } from './clock.js';
import { accessTokenForm } from './form.js';
import { Kept } from './kept.js';
import { Limits } from './limits.js';
import { NoAnswer, PATIENCE, Questions } from './questions.js';
import { Refusal } from './refusal.js';

/** Of what an answer may be believed, how much passes before one use asks again, and how long it is let be where that has failed. */
const RENEWED_AFTER = 0.75;

const RENEWED_AGAIN = 1000;

/**
 * Decides whether a token is good: by what is kept of it, if that is believed, and else by a question. Outcomes are `{ caller, limit }`,
 * where `limit` is null for a token that has none, or a `Refusal`.
 */
export class Verifier {
  #transport;

  #beliefs;

  #clock;

  #hasForm;

  #resource;

  #kept;

  #limits;

  #questions;

  /**
   * @param prefix the company part of tokens
   * @param otherForms whether what has another form is asked about, too
   * @param resource for whom tokens must be, or null
   * @param maxTokens how many answers are kept
   */
  constructor(transport, beliefs, clock, { prefix, otherForms, resource, maxTokens }) {
    this.#transport = transport;
    this.#beliefs = beliefs;
    this.#clock = clock;
    this.#hasForm = accessTokenForm(prefix, otherForms);
    this.#resource = resource;
    this.#kept = new Kept(maxTokens);
    this.#limits = new Limits(clock);
    this.#questions = new Questions((...question) => this.#send(...question), beliefs, clock);
  }

  /** How many answers are kept. */
  get kept() {
    return this.#kept.size;
  }

  /**
   * Returns the outcome, at once where no question is needed, else a promise of it that never fails.
   *
   * @param address from where it was presented
   */
  decide(token, address) {
    if (!this.#hasForm(token)) return Refusal.invalidToken();
    const digest = hash('sha256', token, 'base64');
    const entry = this.#kept.find(digest, address);
    if (entry === undefined || !this.#beliefs.hold(entry)) return this.#ask(token, digest, address, entry !== undefined);
    if (this.#clock.mono() >= entry.renewedAt && this.#questions.isRoom) this.#renew(entry, token, digest, address);
    return this.#letIn(entry);
  }

  async #ask(token, digest, address, isKnown) {
    let answer;
    try {
      answer = await this.#questions.ask(`${digest} ${address}`, { token, digest, address }, isKnown);
    } catch (failure) {
      return failure instanceof Refusal ? failure : Refusal.unavailable(failure.retryAfter);
    }
    if (answer.entry === null) return Refusal.invalidToken();
    // A process that was stopped meanwhile has an answer of then.
    const waited = this.#clock.mono() - answer.at.mono;
    const waitedByWall = this.#clock.wall() - answer.at.wall;
    if (waited > PATIENCE || waitedByWall > PATIENCE + WALL_SLACK) return Refusal.unavailable();
    return this.#letIn(answer.entry);
  }

  /** One use asks, and the others go on. That also tells Latchkey of the last use. */
  #renew(entry, token, digest, address) {
    entry.renewedAt = Infinity;
    this.#questions.ask(`${digest} ${address}`, { token, digest, address }, true).catch(() => {
      entry.renewedAt = this.#clock.mono() + RENEWED_AGAIN;
    });
  }

  async #send({ token, digest, address }, { noted, at }, signal) {
    const answer = await this.#transport.introspect({ token, address }, signal);
    if (answer?.active === true) {
      const entry = this.#entry(answer, noted, at);
      // Of an address that nobody knows cannot be said that it is one of these.
      const isGood = answer.token_type !== 'refresh_token' && (address !== UNKNOWN || !entry.addressBound) && this.#isFor(entry.caller);
      if (isGood) {
        if (isWhole(answer)) this.#kept.keep(digest, address, entry);
        return { at, entry };
      }
    } else if (answer?.active !== false) {
      throw new NoAnswer();
    }
    this.#kept.forget(digest, address);
    return { at, entry: null };
  }

  #isFor(caller) {
    return this.#resource === null || caller.audience.includes(this.#resource);
  }

  #entry(answer, noted, at) {
    const left = 1000 * Math.min(answer.believe_s ?? 0, Number.isFinite(answer.exp) ? answer.exp - answer.now : Infinity);
    return {
      noted,
      places: answer.places,
      rules: answer.rules,
      addressBound: answer.address_bound !== false,
      rateLimit: answer.rate_limit ?? null,
      deadline: { mono: at.mono + left, wall: at.wall + left },
      renewedAt: at.mono + RENEWED_AFTER * left,
      caller: new Caller(answer),
    };
  }

  #letIn({ caller, rateLimit }) {
    if (rateLimit === null) return { caller, limit: null };
    const limit = this.#limits.count(caller.tokenId, rateLimit);
    return limit.exceeded ? Refusal.tooMany(limit, caller.expiresAt) : { caller, limit };
  }
}

/** An older server says nothing of how long its answer holds: it is let in by, and not kept. */
function isWhole(answer) {
  return (
    Number.isFinite(answer.now) &&
    Number.isFinite(answer.believe_s) &&
    typeof answer.rules === 'string' &&
    typeof answer.address_bound === 'boolean' &&
    Beliefs.areFollowed(answer.places)
  );
}
