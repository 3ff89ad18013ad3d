import { readdirSync } from 'node:fs';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { fork } from '../../src/clone/fork.js';
import { askClone, freePorts } from './clones.js';
import { end, startService, temporaryDirectory } from './harness.js';

const SERVICE = 'test/fixtures/clone.mjs';

describe('fork', () => {
  it('makes copies of a running service as it is now, which goes on', async () => {
    const service = await startService([process.execPath, SERVICE]);
    for (let n = 0; n < 3; n++) await askClone(service.port, '/count');
    const port = await freePorts(2);
    const directory = temporaryDirectory();
    await using copies = await fork(service.pid, { count: 2, port: `${port}+`, directory });
    expect(readdirSync(directory)).toEqual([]);
    for (const n of [0, 1]) {
      expect(await askClone(port + n, '/count')).toMatchObject({ counter: 4 });
      expect(copies[n]?.generation).toBe(1);
    }
    expect(await askClone(service.port)).toMatchObject({ counter: 3, info: { reason: 'resumed' } });
    await end(service.child);
  });

  it('is not for the process itself, nor for one that is no service', async () => {
    await expect(fork(process.pid)).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_OPTIONS' });
    await expect(fork(2 ** 22 + 1)).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_CONTROL' });
    await expect(fork(1, { count: 0 })).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_OPTIONS' });
  });
});
