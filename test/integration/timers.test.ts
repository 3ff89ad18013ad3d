import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adopt, collect, end, LAUNCHER, launch, manifestOf } from './harness.js';
import { imageOf, type State, startState, stateOf } from './state.js';

const HOUR = 3_600_000;
const TIMERS = JSON.stringify({
  'due soon': 800,
  'due in two hours': 2 * HOUR,
  'due in a day': 24 * HOUR,
  'interval of 100': 100,
  'interval of an hour': HOUR,
});

/** The copy finds a machine that has been up for ten hours more than that of the dump. */
function restoreLater(images: string) {
  const seconds = String(10 * 3600);
  const clocks = ['--monotonic', seconds, '--boottime', seconds];
  const command = ['--time', ...clocks, LAUNCHER, 'restore', images];
  const child = adopt(spawn('unshare', command, { stdio: ['ignore', 'pipe', 'pipe'] }));
  return { child, copy: collect(child) };
}

/** As if the image had been made earlier: the copy sees the wall clock that much further on. */
function dateBack(images: string, ms: number): void {
  const file = join(images, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...manifest, createdAt: manifest.createdAt - ms }));
}

async function until(port: number, done: (state: State) => boolean): Promise<State> {
  for (;;) {
    const state = await stateOf(port);
    if (done(state)) return state;
    await new Promise((next) => setTimeout(next, 20));
  }
}

describe('timers after a downtime of ten hours', () => {
  it('go on with the time that they had left, without a burst', async () => {
    const service = await startState({ TIMERS });
    const before = await until(service.port, ({ ticks }) => ticks.length >= 2);
    const images = await imageOf(service);
    dateBack(images, 10 * HOUR);
    const { child } = restoreLater(images);
    const first = await stateOf(service.port);
    // The process's own clock stood still.
    expect(first.uptime).toBeLessThan(before.uptime + HOUR);
    expect(first.info?.downtimeMs).toBeGreaterThan(9 * HOUR);
    const state = await until(service.port, ({ fired }) => fired['due soon'] !== undefined);
    const ticks = state.fired['interval of 100'] ?? [];
    // One for every 100 ms of that clock, at the most.
    expect(ticks.length).toBeLessThanOrEqual(state.uptime / 100 + 1);
    expect(state.fired['due soon']).toHaveLength(1);
    expect(state.fired['due soon']?.[0]).toBeGreaterThanOrEqual(799);
    expect(Object.keys(state.fired).sort()).toEqual(['due soon', 'interval of 100']);
    await end(child);
  });

  it('by the wall clock fire once for what was due, in order', async () => {
    const service = await startState({ TIMERS });
    await until(service.port, ({ ticks }) => ticks.length >= 2);
    const images = await imageOf(service, { timers: 'wall-clock' });
    dateBack(images, 10 * HOUR);
    const copy = launch(['restore', images]);
    const state = await until(service.port, ({ fired }) => fired['due in two hours'] !== undefined);
    expect(state.fired['due soon']).toHaveLength(1);
    expect(state.fired['due in two hours']).toHaveLength(1);
    expect(state.fired['interval of an hour']).toHaveLength(1);
    expect(state.fired).not.toHaveProperty('due in a day');
    const order = state.ticks.filter((name) => name !== 'interval of 100');
    expect(order).toEqual(['due soon', 'interval of an hour', 'due in two hours']);
    expect((state.fired['interval of 100'] ?? []).length).toBeLessThanOrEqual(
      state.uptime / 100 + 1,
    );
    const more = await until(service.port, ({ uptime }) => uptime > state.uptime + 250);
    expect(more.fired['interval of an hour']).toHaveLength(1);
    expect((more.fired['interval of 100'] ?? []).length).toBeGreaterThan(
      (state.fired['interval of 100'] ?? []).length,
    );
    await end(copy.child);
  });

  it('by the wall clock count what the downtime took off', async () => {
    const service = await startState({ TIMERS: JSON.stringify({ later: 2 * HOUR }) });
    const images = await imageOf(service, { timers: 'wall-clock' });
    dateBack(images, 2 * HOUR - 1000);
    const copy = launch(['restore', images]);
    const state = await until(service.port, ({ fired }) => fired.later !== undefined);
    const [at = 0] = state.fired.later ?? [];
    expect(at).toBeLessThan(HOUR);
    // Its own clock and the downtime together are the two hours; one for rounding.
    expect(at + (state.info?.downtimeMs ?? 0)).toBeGreaterThanOrEqual(2 * HOUR - 1);
    expect(manifestOf(images).id).toBe(state.info?.imageId);
    await end(copy.child);
  });
});
