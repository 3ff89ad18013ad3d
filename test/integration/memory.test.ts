import { describe, expect, it } from 'vitest';
import type { MemoryGain } from '../../src/engine/engine.js';
import { manifestOf, SERVICE, startService } from './harness.js';
import { imageOf } from './state.js';

describe('memory before the dump', () => {
  it('is collected, and the gain is in the manifest by region', async () => {
    // 40 MB of strings and 40 MB of buffers that nobody needs any more.
    const garbage = `data:text/javascript,${encodeURIComponent(`
      let strings = Array.from({ length: 400_000 }, (_, index) => ['garbage', index, {}]);
      let buffers = Array.from({ length: 40 }, () => Buffer.alloc(1e6, 1));
      setTimeout(() => { strings = buffers = null; }, 10);
    `)}`;
    const service = await startService([process.execPath, '--import', garbage, SERVICE]);
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
