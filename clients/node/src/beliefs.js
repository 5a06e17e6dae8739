import { instant, WALL_SLACK } from './clock.js';

/** Marks stand at places below this number. */
const PLACES = 1 << 15;

/** Two clocks run apart by a thousandth at the most. */
const RATE = 0.999;

const NEVER = { mono: -Infinity, wall: -Infinity };

/**
 * What has been heard of changes, and until when that is all there was: whether something kept may still be believed follows from it.
 * A change is a mark at some places, numbered by `moment`; what was noted before a mark is not believed after it.
 */
export class Beliefs {
  #clock;

  #maxStaleness;

  #moment = 0;

  #marks = new Float64Array(PLACES);

  #all = 0;

  #rules = null;

  /** Whatever was committed before that is in force here. */
  #proof = NEVER;

  constructor(clock, maxStaleness) {
    this.#clock = clock;
    this.#maxStaleness = maxStaleness;
  }

  /** What is to be noted before a question is sent. */
  moment() {
    return this.#moment;
  }

  /**
   * Takes the first event of a stream. What is kept stays where the new node remembers the marks since the last proof, by both clocks,
   * and answers by the same rules.
   *
   * @param opening when the connection was begun, by both clocks
   * @returns what the beats of this stream count from
   */
  hello(opening, { now, since, rules }) {
    const heard = instant(this.#clock);
    const reach = RATE * (now - since);
    const reachesBack = heard.mono - reach <= this.#proof.mono && heard.wall - reach <= this.#proof.wall;
    if (rules !== this.#rules || !reachesBack) {
      this.#all = ++this.#moment;
      this.#rules = rules;
    }
    return { ...opening, node: now };
  }

  mark(places) {
    for (const place of places) {
      if (Number.isInteger(place) && place >= 0 && place < PLACES) this.#marks[place] = ++this.#moment;
      else this.markAll();
    }
  }

  markAll() {
    this.#all = ++this.#moment;
  }

  /**
   * Takes a node's word that whatever was committed before `proven`, by its own clock, has been told. How late the word comes does not
   * matter.
   *
   * @param stream what `hello` returned
   * @returns whether the clocks allow to believe that; where one of them was set, the stream is to be opened anew
   */
  beat(stream, proven) {
    const now = instant(this.#clock);
    const passed = proven - stream.node;
    const since = passed < 0 ? passed / RATE : passed * RATE;
    const apart = Math.abs(now.wall - stream.wall - (now.mono - stream.mono));
    if (stream.mono + since > now.mono || apart > WALL_SLACK) return false;
    this.#proof = { mono: stream.mono + since, wall: stream.wall + since };
    return true;
  }

  /** Returns whether what was kept holds now. The clocks are looked at last. */
  hold(entry) {
    const proof = this.#proof;
    if (entry.rules !== this.#rules || entry.noted < this.#all) return false;
    for (const place of entry.places) if (entry.noted < this.#marks[place]) return false;
    const mono = this.#clock.mono();
    const wall = this.#clock.wall();
    return this.#isYoung(proof, mono, wall) && mono < entry.deadline.mono && wall < entry.deadline.wall;
  }

  /** Returns whether anything is believed now. */
  get areProven() {
    return this.#isYoung(this.#proof, this.#clock.mono(), this.#clock.wall());
  }

  #isYoung(proof, mono, wall) {
    return mono - proof.mono <= this.#maxStaleness && wall - proof.wall <= this.#maxStaleness + WALL_SLACK;
  }

  /** Returns whether marks at these places would be noticed. */
  static areFollowed(places) {
    return Array.isArray(places) && places.every((place) => Number.isInteger(place) && place >= 0 && place < PLACES);
  }
}
