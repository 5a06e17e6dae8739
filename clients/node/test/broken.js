import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCES = new URL('../src', import.meta.url);

/** What the proof needs, and what becomes of the client where it is taken out: file, what stands there, what stands there then. */
export const BREAKAGES = {
  'the note before the question': ['verifier.js', 'introspect({ token, address }, signal);', 'introspect({ token, address }, signal); noted = this.#beliefs.moment();'],
  'the question to the database': ['transport.js', "'Cache-Control': 'no-cache', ", ''],
  'the stamp in the beat': ['beliefs.js', 'const passed = proven - stream.node;', 'const passed = (now.mono - stream.mono) * 0.999;'],
};

/** Promises the client without that. */
export async function without(breakage) {
  const [file, there, instead] = BREAKAGES[breakage];
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-broken-'));
  try {
    await cp(SOURCES, folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    const source = await readFile(join(folder, file), 'utf8');
    if (source.split(there).length !== 2) throw new Error(`${file} does not have once: ${there}`);
    await writeFile(join(folder, file), source.replace(there, instead));
    return await import(join(folder, 'index.js'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
