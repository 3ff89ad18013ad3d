import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clone } from '../../src/clone/clone.js';
import { freePorts } from './clones.js';
import { imageOfKeeper, type Kept, keyFile, reversed, secretWord } from './encrypted.js';
import { end, get, launch } from './harness.js';
import { filesWith } from './state.js';

async function ask(port: number): Promise<Kept> {
  return (await get(port)) as unknown as Kept;
}

const CASES = [
  ['map', 'eager'],
  ['map', 'stream'],
  ['stream', 'stream'],
  ['stream', 'eager'],
  ['eager', 'eager'],
] as const;

it.each(CASES)(
  'an encrypted image made for the engine %s is restored by %s',
  async (...engines) => {
    const [made, restored] = engines;
    const [word, key] = [secretWord(), keyFile()];
    const { images, port } = imageOfKeeper(word, ['--encrypt', key, '--engine', made]);
    expect(filesWith(reversed(word), images)).toEqual([]);
    const { engine } = JSON.parse(readFileSync(join(images, 'manifest.json'), 'utf8'));
    expect(engine).toBe(made);
    const copy = launch(['restore', '--engine', restored, '--key', key, images]);
    const heap = `heap ${reversed(word)}`;
    expect(await ask(port)).toMatchObject({ inHeap: heap, argument: `argument-${word}` });
    expect((await end(copy.child)).signal).toBe('SIGTERM');
  },
);

it('copies of an encrypted image are streamed side by side', async () => {
  const [word, key] = [secretWord(), keyFile()];
  const { images } = imageOfKeeper(word, ['--encrypt', key]);
  const port = await freePorts(3);
  await using copies = await clone(images, { key, engine: 'stream', count: 3, port: `${port}+` });
  const answers = await Promise.all(copies.map((_, index) => ask(port + index)));
  const heap = `heap ${reversed(word)}`;
  expect(answers.map(({ inHeap }) => inHeap)).toEqual([heap, heap, heap]);
});
