import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../../src/criu/provide/lock.js';
import { temporaryDirectory } from '../fixtures.js';

test('two owners take turns', async () => {
  const file = join(temporaryDirectory(), 'lock');
  const events: string[] = [];
  const owner = (name: string) =>
    withLock(file, async () => {
      events.push(`${name} in`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      events.push(`${name} out`);
    });
  await Promise.all([owner('a'), owner('b')]);
  const [first] = (events[0] as string).split(' ');
  expect(events.slice(0, 2)).toEqual([`${first} in`, `${first} out`]);
  expect(events).toHaveLength(4);
});

test('a failure of the work gives the lock back', async () => {
  const file = join(temporaryDirectory(), 'lock');
  await expect(withLock(file, () => Promise.reject(new Error('work')))).rejects.toThrow('work');
  expect(await withLock(file, () => Promise.resolve('again'))).toBe('again');
});

test('an owner that was killed does not keep it', async () => {
  const file = join(temporaryDirectory(), 'lock');
  const source = `
    import { spawn } from 'node:child_process';
    const holder = spawn('flock', [${JSON.stringify(file)}, 'sh', '-c', 'echo locked && exec cat'],
      { stdio: ['pipe', 'inherit', 'inherit'] });`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(owner.stdout, 'data');
  owner.kill('SIGKILL');
  expect(await withLock(file, () => Promise.resolve('mine'))).toBe('mine');
});
