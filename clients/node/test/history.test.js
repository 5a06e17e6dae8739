// Histories of a client, two nodes and a database, drawn from a seed: nobody is let in later than two seconds after his token was taken
// back. And what becomes of that where one of the three things that the proof needs is taken out.
//
//   SEED=42 TIMES=50 node --test test/history.test.js
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Latchkey } from '../src/index.js';
import { BREAKAGES, without } from './broken.js';
import { World } from './world.js';

const SEED = Number(process.env.SEED ?? 1);

const TIMES = Number(process.env.TIMES ?? 6);

/** Five minutes of it. */
const LONG = 300_000;

async function history(seed, Client) {
  const world = new World(seed);
  const late = await world.live((options) => new Client(options), LONG);
  return { world, late };
}

describe(`histories from seed ${SEED}`, () => {
  for (let i = 0; i < TIMES; i++) {
    const seed = SEED * 1_000 + i;
    it(`have nobody let in late (${seed})`, async () => {
      const { world, late } = await history(seed, Latchkey);
      assert.deepEqual(late, []);
      const fromMemory = world.acceptances.filter((one) => one.fromMemory).length;
      assert.ok(world.acceptances.length > 1_000, `${world.acceptances.length} let in`);
      assert.ok(fromMemory > world.acceptances.length / 3, `${fromMemory} of ${world.acceptances.length} without a question`);
    });
  }

  for (const breakage of Object.keys(BREAKAGES)) {
    it(`have somebody let in late without ${breakage}`, async () => {
      const { Latchkey: Broken } = await without(breakage);
      let found = 0;
      for (let i = 0; i < 20 && found === 0; i++) found = (await history(SEED * 1_000 + i, Broken)).late.length;
      assert.ok(found > 0);
    });
  }
});
