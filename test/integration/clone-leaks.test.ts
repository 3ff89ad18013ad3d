import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clone } from '../../src/clone/clone.js';
import {
  freeNetwork,
  freePorts,
  imageForClones,
  leftOvers,
  type Traces,
  tracesOf,
} from './clones.js';
import { adopt, collect, end, exitOf, launch, waitForOutput } from './harness.js';

const ROUNDS = 10;
const EACH = 20;
const OWN = ['net', 'uts', 'ipc', 'mount', 'cgroup'] as const;

describe('when clones are gone', () => {
  it('nothing of 200 of them is left', { timeout: 240_000 }, async () => {
    const images = await imageForClones();
    const { pid } = JSON.parse(readFileSync(`${images}/manifest.json`, 'utf8'));
    const network = freeNetwork();
    const traces: Traces[] = [];
    const descriptors = readdirSync('/proc/self/fd').length;
    for (let round = 0; round < ROUNDS; round++) {
      const options = { count: EACH, own: OWN, ip: `${network}.{n}`, hostname: 'copy-{n}' };
      const copies = await clone(images, options);
      expect(copies).toHaveLength(EACH);
      for (const copy of copies) {
        const trace = tracesOf(copy.pid, `${network}.${copy.number}`);
        expect(trace.namespaces).toHaveLength(5);
        traces.push(trace);
        // Every way to go: asked, killed, and with a half of them while they still wake.
        copy.kill(copy.number % 2 ? 'SIGKILL' : 'SIGTERM');
      }
      await Promise.all(copies.map(({ exited }) => exited));
    }
    expect(new Set(traces.flatMap(({ pids }) => pids)).size).toBeGreaterThan(ROUNDS * EACH);
    expect(await leftOvers(traces)).toEqual([]);
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(' tubthump ');
    expect(readdirSync('/run/tubthump')).not.toContain(`${pid}.sock`);
    // The pipes of the last round close in the turns of the loop after its end.
    await expect
      .poll(() => readdirSync('/proc/self/fd').length)
      .toBeLessThanOrEqual(descriptors + 3);
  });

  it('nothing is left by a parent that was killed', async () => {
    const images = await imageForClones();
    const network = freeNetwork();
    const options = JSON.stringify({ count: 5, own: OWN, ip: `${network}.{n}` });
    const parent = collect(
      adopt(spawn(process.execPath, [resolve('test/fixtures/clone-parent.mjs'), images, options])),
    );
    const pids = JSON.parse(await waitForOutput(parent, /pids (.*\])/)) as number[];
    const traces = pids.map((pid, index) => tracesOf(pid, `${network}.${index + 1}`));
    await end(parent.child, 'SIGKILL');
    expect(await leftOvers(traces)).toEqual([]);
  });

  it('nothing is left by a launcher that was killed, also in the middle of its work', async () => {
    const images = await imageForClones();
    const network = freeNetwork();
    const command = ['clone', '--json', '--count', '8', '--at-once', '2', '--own', OWN.join()];
    const running = launch([...command, '--ip', `${network}.{n}`, images]);
    await waitForOutput(running, /"event":"restored"/);
    const traces = [...running.output().matchAll(/"copy":(\d+).*"pid":(\d+)/g)].map(([, n, pid]) =>
      tracesOf(Number(pid), `${network}.${n}`),
    );
    await end(running.child, 'SIGKILL');
    expect(traces.length).toBeGreaterThan(0);
    expect(await leftOvers(traces)).toEqual([]);
  });
});

describe('an image that is replaced', () => {
  it('leaves its clones alive, and those that are made next are of the new one', async () => {
    const port = await freePorts(2);
    const images = await imageForClones();
    await using copies = await clone(images, { port: `${port}+` });
    await copies[0]?.ready;
    const next = ['checkpoint', '--images', images, '--leave-running', '--pid'];
    const asked = launch([...next, String(copies[0]?.pid)]);
    expect(await exitOf(asked.child), asked.output()).toMatchObject({ status: 0 });
    await using others = await clone(images, { first: 2, port: `${port}+` });
    await others[0]?.ready;
    expect(others[0]?.generation).toBe(2);
    expect(copies[0]?.alive).toBe(true);
  });
});
