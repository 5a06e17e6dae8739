/**
 * The machine's clocks and what goes by them. `mono` never jumps, and stands still while the machine sleeps; `wall` is set by whoever
 * likes, and goes on while it sleeps. Both are in milliseconds.
 */
export const machineClock = {
  mono: () => performance.now(),
  wall: () => Date.now(),
  random: Math.random,

  /** Does something later, unless what this returns is called before. It keeps no process alive. */
  later(action, milliseconds) {
    const timer = setTimeout(action, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

/** Returns what both clocks say. */
export function instant(clock) {
  return { mono: clock.mono(), wall: clock.wall() };
}

/** How far the wall clock may go beside the other one: it is set right by small steps all the time. */
export const WALL_SLACK = 1000;
