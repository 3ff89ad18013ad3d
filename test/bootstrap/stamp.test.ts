import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unlessDone } from '../../scripts/bootstrap/stamp.mjs';
import { temporaryDirectory } from '../criu/fixtures.js';

/** A step that compiles src/ to out, in a directory of its own. */
function step() {
  const root = temporaryDirectory();
  mkdirSync(join(root, 'src/deep'), { recursive: true });
  writeFileSync(join(root, 'src/deep/a'), '1');
  let fact = 'kernel 1';
  const work = async () => writeFileSync(join(root, 'out'), '');
  return {
    root,
    setFact: (value: string) => {
      fact = value;
    },
    run: (does: () => Promise<void> = work) =>
      unlessDone(
        { name: 'x', inputs: ['src'], facts: () => [fact], outputs: ['out'], work: does },
        root,
      ),
  };
}

test('runs once', async () => {
  const { run } = step();
  expect([await run(), await run()]).toEqual([true, false]);
});

test('runs again when a file has another content', async () => {
  const { root, run } = step();
  await run();
  writeFileSync(join(root, 'src/deep/a'), '2');
  expect(await run()).toBe(true);
});

test('runs again when a file was added', async () => {
  const { root, run } = step();
  await run();
  writeFileSync(join(root, 'src/b'), '');
  expect(await run()).toBe(true);
});

test('runs again when an output is gone', async () => {
  const { root, run } = step();
  await run();
  rmSync(join(root, 'out'));
  expect(await run()).toBe(true);
});

test('runs again when a fact has changed since', async () => {
  const { run, setFact } = step();
  await run();
  setFact('kernel 2');
  expect([await run(), await run()]).toEqual([true, false]);
});

test('a fact that the work itself changes is recorded as it is afterwards', async () => {
  const { root, run, setFact } = step();
  await run(async () => {
    setFact('made by the work');
    writeFileSync(join(root, 'out'), '');
  });
  expect(await run()).toBe(false);
});

test('a failure is tried again', async () => {
  const { run } = step();
  await expect(run(() => Promise.reject(new Error('compiler')))).rejects.toThrow('compiler');
  expect(await run()).toBe(true);
});

test('work that leaves an output out is a problem, and is not taken for done', async () => {
  const { run } = step();
  await expect(run(async () => {})).rejects.toMatchObject({ message: 'x: out was not made' });
  expect(await run()).toBe(true);
});
