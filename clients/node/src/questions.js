import { instant } from './clock.js';
import { Refusal } from './refusal.js';

/** How many questions are under way at once. */
const UNDER_WAY = 16;

/** How many of these may be about strangers: a flood of made-up tokens leaves room for those of which something is kept. */
const OF_STRANGERS = 12;

/** How many different ones wait until they may be sent, of strangers and of the others. */
const WAITING = 1024;

/** How long anybody waits for an answer, in milliseconds, from when he came. */
export const PATIENCE = 2000;

/** Says that nobody knows now. */
export class NoAnswer extends Error {
  /** @param retryAfter in how many seconds it may be known */
  constructor(retryAfter) {
    super('Latchkey cannot be asked now');
    this.retryAfter = retryAfter;
  }
}

/**
 * Asks, a few questions at a time. Whoever wants to know the same joins a question that waits; one that is sent he does not join, since
 * its answer may have been read before he came. Tokens of which something is kept go before strangers.
 */
export class Questions {
  #send;

  #beliefs;

  #clock;

  #known = { waiting: new Map(), underWay: 0, most: UNDER_WAY };

  #strangers = { waiting: new Map(), underWay: 0, most: OF_STRANGERS };

  /**
   * @param send takes what is asked, what was noted and when, and a signal; promises what becomes of the answer
   */
  constructor(send, beliefs, clock) {
    this.#send = send;
    this.#beliefs = beliefs;
    this.#clock = clock;
  }

  /** Whether a question about a token of which something is kept would be sent at once. */
  get isRoom() {
    return this.#underWay < UNDER_WAY;
  }

  get #underWay() {
    return this.#known.underWay + this.#strangers.underWay;
  }

  /**
   * Promises the answer; it fails with a `NoAnswer`, or the `Refusal` that Latchkey itself has of the token.
   *
   * @param key the same for those who want to know the same
   * @param asked what `send` is given
   * @param isKnown whether something is kept of it
   */
  ask(key, asked, isKnown) {
    const queue = isKnown ? this.#known : this.#strangers;
    let question = queue.waiting.get(key);
    if (!question) {
      if (queue.waiting.size >= WAITING) return Promise.reject(new NoAnswer());
      question = { key, asked, queue, waiters: new Set(), abort: new AbortController() };
      queue.waiting.set(key, question);
    }
    const answer = this.#wait(question);
    this.#sendNext();
    return answer;
  }

  #wait(question) {
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      waiter.calm = this.#clock.later(() => this.#leave(question, waiter), PATIENCE);
      question.waiters.add(waiter);
    });
  }

  /** For whom nobody waits any more is not asked. */
  #leave(question, waiter) {
    question.waiters.delete(waiter);
    waiter.reject(new NoAnswer());
    if (question.waiters.size > 0) return;
    const { waiting } = question.queue;
    if (waiting.get(question.key) === question) waiting.delete(question.key);
    question.abort.abort();
  }

  #sendNext() {
    for (const queue of [this.#known, this.#strangers]) {
      while (this.#underWay < UNDER_WAY && queue.underWay < queue.most && queue.waiting.size > 0) {
        const [key, question] = queue.waiting.entries().next().value;
        queue.waiting.delete(key);
        queue.underWay++;
        this.#answer(question).finally(() => {
          queue.underWay--;
          this.#sendNext();
        });
      }
    }
  }

  async #answer(question) {
    const noted = this.#beliefs.moment();
    const at = instant(this.#clock);
    let end;
    try {
      const answer = await this.#send(question.asked, { noted, at }, question.abort.signal);
      end = (waiter) => waiter.resolve(answer);
    } catch (failure) {
      const said = failure instanceof NoAnswer || failure instanceof Refusal;
      end = (waiter) => waiter.reject(said ? failure : new NoAnswer());
    }
    for (const waiter of question.waiters) {
      waiter.calm();
      end(waiter);
    }
  }
}
