import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import { end, exitOf, get, launch, startService, temporaryDirectory } from './harness.js';

const SCRIPT = resolve('test/fixtures/threads.mjs');
const COMMAND = [process.execPath, SCRIPT];
const nodeOf = (major: number) => resolve(`test/node-versions/node_modules/node-${major}/bin/node`);

interface Answer {
  readonly journal: readonly string[];
  readonly random: readonly (string | number)[];
  readonly FOO?: string;
}

async function answersOf(port: number): Promise<Answer[]> {
  const { answers } = (await get(port)) as unknown as { answers: Answer[] };
  return answers;
}

const TWINS = "17: worker threads of a copy run their hooks, and are nobody else's twins";

it.each([20, 22, 24, 26])(`${TWINS}: Node %i`, async (major) => {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService([nodeOf(major), SCRIPT], ['--env', 'FOO=from the start']);
  await askCheckpoint(service.pid, { images, leaveRunning: false });
  await exitOf(service.child);
  const drawn: unknown[] = [];
  for (const FOO of ['one', 'two']) {
    const copy = launch(['restore', images, '--env', `FOO=${FOO}`]);
    const answers = await answersOf(service.port);
    await expect
      .poll(() => answersOf(service.port))
      .toMatchObject(Array(2).fill({ journal: ['before', 'restored'], FOO }));
    // Of the first answer: no thread draws a number before it knows that it is a copy.
    drawn.push(...answers.flatMap(({ random }) => random));
    await end(copy.child);
  }
  // Two numbers of two workers in two copies.
  expect(new Set(drawn).size).toBe(8);
});

it('17: a worker that is busy is named, and the others and the service go on', async () => {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService(COMMAND, [], { BEHAVIOUR: 'busy' });
  const { message } = await askCheckpoint(service.pid, { images, hookTimeoutMs: 300 }).then(
    () => ({ message: 'it was made' }),
    (error: Error) => error,
  );
  expect(message).toMatch(
    /worker 2 \(started at test\/fixtures\/threads.mjs:\d+:\d+\)\.beforeCheckpoint exceeded/,
  );
  expect(existsSync(images)).toBe(false);
  expect(await answersOf(service.port)).toMatchObject([{ journal: ['before', 'aborted'] }]);
  await end(service.child);
});

it('17: a worker that does not know tubthump is named, and the service goes on', async () => {
  const images = join(temporaryDirectory(), 'image');
  // Node loads nothing into a worker that evaluates a script.
  const command = [process.execPath, resolve('test/fixtures/holdings.mjs')];
  const service = await startService(command, [], { HOLD: 'worker', DIRECTORY: dirname(images) });
  await expect(askCheckpoint(service.pid, { images })).rejects.toThrow(
    /worker 1 \(started at test\/fixtures\/holdings.mjs:.*\): takes no part .*\(ERR_TUBTHUMP_WORKER\)/,
  );
  expect(existsSync(images)).toBe(false);
  expect(await get(service.port, '/use')).toMatchObject({ used: 2 });
  await end(service.child);
});
