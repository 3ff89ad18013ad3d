import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { PauseEngine } from '../../src/engine/pause.js';
import { SimulateEngine } from '../../src/engine/simulate.js';
import { Core } from '../../src/index.js';
import { coreWith, engineThat, RESTORED, SIMULATE } from './cores.js';

describe('15: engines that need no privileges', () => {
  it('15: say that they are supported', () => {
    for (const engine of [new PauseEngine(), new SimulateEngine()]) {
      expect(engine.isSupported()).toEqual({ supported: true });
    }
  });

  it('15: `simulate` runs the hooks, and needs no image directory', async () => {
    const seen: unknown[] = [];
    const registration = Core.getGlobalContext().register({
      beforeCheckpoint: (_, { engine }) => seen.push(engine),
      afterRestore: (_, { reason, generation }) => seen.push(reason, generation),
    });
    const info = await Core.checkpointRestore({ engine: 'simulate' });
    registration.unregister();
    expect(seen).toEqual(['simulate', 'resumed', 0]);
    expect(info.environment).toEqual({ added: [], changed: [], removed: [] });
  });

  it('15: `simulate` in a copy leaves the copy what it is', async () => {
    const engines = [engineThat(() => RESTORED), new SimulateEngine()];
    const engine = engineThat((request) => (engines.shift() as Engine).checkpoint(request));
    const core = coreWith({ engine });
    await core.checkpointRestore(SIMULATE);
    const info = await core.checkpointRestore(SIMULATE);
    expect(info).toMatchObject({ reason: 'resumed', generation: RESTORED.generation });
    expect(core.status()).toMatchObject({ generation: 3, cloneId: RESTORED.cloneId });
  });

  it('15: `pause` runs the hooks and stands still between them until SIGCONT', async () => {
    const script = `
      import { Core } from './dist/index.js';
      Core.getGlobalContext().register({
        beforeCheckpoint: () => console.log('before'),
        afterRestore: (_, { reason }) => console.log('after ' + reason),
      });
      const { downtimeMs } = await Core.checkpointRestore({ engine: 'pause' });
      console.log('downtime ' + (downtimeMs >= 0));
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    const exit = new Promise((resolve) => child.on('close', resolve));
    const state = () => /^State:\s+(\w)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
    await expect.poll(() => state()?.[1], { timeout: 20_000 }).toBe('T');
    await expect.poll(() => lines).toEqual(['before']);
    child.kill('SIGCONT');
    expect(await exit).toBe(0);
    expect(lines).toEqual(['before', 'after resumed', 'downtime true']);
  });

  it.each([
    [
      { engine: 'simulat' },
      "`engine` to be 'map', 'stream', 'eager', 'pause' or 'simulate', got 'simulat'",
    ],
    [{ engine: 'simulate', image: '/tmp' }, 'Unknown option `image`; did you mean `images`?'],
    [{ engine: 'simulate', constructor: 1 }, 'Unknown option `constructor`'],
    [{}, 'needs `images`'],
    [null, 'Expected options to be an object, got null'],
    [
      { engine: 'simulate', labels: Object.create(null, { a: { value: 1, enumerable: true } }) },
      'labels',
    ],
  ])('15: options %j are refused: %s', async (options, message) => {
    await expect(Core.checkpointRestore(options as never)).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_TUBTHUMP_OPTIONS' }),
    );
    await expect(Core.checkpointRestore(options as never)).rejects.toThrow(message);
  });
});
