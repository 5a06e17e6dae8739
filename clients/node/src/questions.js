import { instant } from './clock.js';

/** How many questions are under way at once. */
const UNDER_WAY = 16;

/** How many different ones wait until they may be sent. */
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
 * its answer may have been read before he came.
 */
export class Questions {
  #send;

  #beliefs;

  #clock;

  #waiting = new Map();

  #underWay = 0;

  /**
   * @param send takes what is asked, what was noted and when, and a signal; promises what becomes of the answer
   */
  constructor(send, beliefs, clock) {
    this.#send = send;
    this.#beliefs = beliefs;
    this.#clock = clock;
  }

  /** Whether a question would be sent at once. */
  get isRoom() {
    return this.#underWay < UNDER_WAY;
  }

  /**
   * Promises the answer.
   *
   * @param key the same for those who want to know the same
   * @param asked what `send` is given
   */
  ask(key, asked) {
    let question = this.#waiting.get(key);
    if (!question) {
      if (this.#waiting.size >= WAITING) return Promise.reject(new NoAnswer());
      question = { key, asked, waiters: new Set(), abort: new AbortController() };
      this.#waiting.set(key, question);
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
    if (this.#waiting.get(question.key) === question) this.#waiting.delete(question.key);
    question.abort.abort();
  }

  #sendNext() {
    while (this.#underWay < UNDER_WAY && this.#waiting.size > 0) {
      const [key, question] = this.#waiting.entries().next().value;
      this.#waiting.delete(key);
      this.#underWay++;
      this.#answer(question).finally(() => {
        this.#underWay--;
        this.#sendNext();
      });
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
      end = (waiter) => waiter.reject(failure instanceof NoAnswer ? failure : new NoAnswer());
    }
    for (const waiter of question.waiters) {
      waiter.calm();
      end(waiter);
    }
  }
}
