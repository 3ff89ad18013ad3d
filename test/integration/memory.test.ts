import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MemoryGain } from '../../src/engine/engine.js';
import { manifestOf, startService } from './harness.js';
import { imageOf } from './state.js';

const GARBAGE = resolve('test/fixtures/garbage.mjs');

describe('memory before the dump', () => {
  it('is collected, and the gain is in the manifest by region', async () => {
    const service = await startService([process.execPath, GARBAGE]);
    const { memory } = manifestOf(await imageOf(service)) as unknown as { memory: MemoryGain };
    const { before, after } = memory;
    expect(Object.keys(before)).toEqual(['buffers', 'code', 'heap', 'native']);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(before.heap - after.heap).toBeGreaterThan(10e6);
    expect(before.buffers - after.buffers).toBeGreaterThan(39e6);
    // Code that ran is kept.
    expect(after.code).toBeGreaterThan(0);
    for (const bytes of Object.values(after)) expect(bytes).toBeGreaterThanOrEqual(0);
  });
});
