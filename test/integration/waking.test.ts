import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { warmUp } from '../../src/checkpoint/warm-up.js';
import { end, exitOf, get, launch, SERVICE, startService, temporaryDirectory } from './harness.js';
import { imageOf } from './state.js';

/** Events of V8's log (--log-function-events) of functions in our modules, `event function`. */
function eventsOf(log: string, from: number): string[] {
  const lines = log.split('\n').map((line) => line.split(','));
  const ours = new Set(
    lines.flatMap(([kind, id, url]) =>
      kind === 'script-details' && url?.includes('/dist/') ? [id] : [],
    ),
  );
  return lines
    .slice(from)
    .filter(([kind, , script]) => kind === 'function' && ours.has(script))
    .map((line) => `${line[1]} ${line.at(-1)}`);
}

it('what wakes a copy was compiled before the dump', async () => {
  const logFile = join(temporaryDirectory(), 'v8.log');
  const flags = ['--log-function-events', '--no-logfile-per-isolate', `--logfile=${logFile}`];
  const service = await startService([process.execPath, ...flags, SERVICE]);
  const images = await imageOf(service);
  const before = readFileSync(logFile, 'utf8');
  // The check sees what it is to see: our modules were compiled, as a whole.
  expect(eventsOf(before, 0)).toContain('full-parse unpark');

  const copy = launch(['restore', images]);
  await get(service.port);
  await end(copy.child);
  await exitOf(copy.child);
  const events = eventsOf(readFileSync(logFile, 'utf8'), before.split('\n').length - 1);
  expect(events.some((event) => event.startsWith('first-execution'))).toBe(true);
  expect(events.filter((event) => /^(full-parse|interpreter|baseline) /.test(event))).toEqual([]);
});

it.each([20, 24])(
  'what was optimized before the dump stays so in a copy, on Node %i',
  async (major) => {
    const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);
    const service = await startService([node, '--trace-deopt', SERVICE]);
    const ask = (requests: number) =>
      warmUp({
        urls: [`http://127.0.0.1:${service.port}/`],
        requests,
        timeoutMs: 20_000,
        assertAlive() {},
      });
    await ask(2000);
    const images = await imageOf(service);

    const copy = launch(['restore', images]);
    await ask(1);
    await end(copy.child);
    const lines = copy.output().split('\n');
    // Of the code that answers requests, when a server gets another hidden class.
    expect(lines.filter((line) => line.startsWith('[marking dependent code'))).toEqual([]);
    // Of Math.random, when it becomes another.
    expect(
      lines.filter((line) => line.includes('deoptimizing') && line.includes('random')),
    ).toEqual([]);
  },
);
