/**
 * A clock that stands still until a test moves it, and does meanwhile what was to be done later. `asleep` is what the monotonic clock
 * has missed.
 */
export class TestClock {
  #now = 1_000_000;

  #asleep = 0;

  #set = 0;

  #tasks = [];

  #number = 0;

  random = () => 0.5;

  mono = () => this.#now - this.#asleep;

  wall = () => 1_790_000_000_000 + this.#now + this.#set;

  later = (action, milliseconds) => {
    const task = { at: this.#now + milliseconds, number: this.#number++, action };
    let place = this.#tasks.length;
    while (place > 0 && this.#tasks[place - 1].at > task.at) place--;
    this.#tasks.splice(place, 0, task);
    return () => {
      task.action = null;
    };
  };

  get now() {
    return this.#now;
  }

  /** Goes on, one task at a time. */
  async advance(milliseconds) {
    const end = this.#now + milliseconds;
    await settled();
    while (this.#tasks.length > 0 && this.#tasks[0].at <= end) {
      const { at, action } = this.#tasks.shift();
      this.#now = Math.max(this.#now, at);
      if (action === null) continue;
      action();
      await settled();
    }
    this.#now = end;
    await settled();
  }

  /** The process is stopped: time goes on, and nothing is done. */
  stop(milliseconds) {
    this.#now += milliseconds;
  }

  /** The machine sleeps. */
  sleep(milliseconds) {
    this.#now += milliseconds;
    this.#asleep += milliseconds;
  }

  /** Somebody sets the wall clock. */
  setWall(milliseconds) {
    this.#set += milliseconds;
  }
}

/** Until all promises that can be kept are. */
export function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}
