import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statfsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Scratch } from '../../src/bench/scratch.js';
import {
  adopt,
  collect,
  exitOf,
  temporaryDirectory,
  waitForOutput,
} from '../integration/harness.js';

describe('scratch directories', () => {
  it('are on a disk and on a tmpfs, and removed with all that is in them', () => {
    const listeners = process.listenerCount('SIGINT');
    const scratch = new Scratch(join(temporaryDirectory(), 'made'));
    expect(statfsSync(scratch.shared).type).toBe(0x01021994);
    writeFileSync(join(scratch.disk, 'file'), 'x');
    scratch[Symbol.dispose]();
    expect([scratch.disk, scratch.shared].filter((path) => existsSync(path))).toEqual([]);
    expect(process.listenerCount('SIGINT')).toBe(listeners);
  });

  it.each([
    ['a signal', 'setInterval(() => {}, 1000)', 143],
    ['an error', 'setTimeout(() => { throw new Error("no") }, 0)', 1],
  ])('are removed when %s ends the process', async (_, then, status) => {
    const script = `
      const { Scratch } = await import('${resolve('dist/bench/scratch.js')}');
      const { disk, shared } = new Scratch('${temporaryDirectory()}');
      console.log('made ' + disk + ':' + shared);
      ${then};`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const running = collect(adopt(child));
    const made = (await waitForOutput(running, /made (\S+)/)).split(':');
    if (status !== 1) child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    expect((await exitOf(child)).status).toBe(status);
    expect(made).toHaveLength(2);
    expect(made.filter((path) => existsSync(path))).toEqual([]);
  });
});
