import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { coreWith, Journal, SIMULATE } from './cores.js';

describe('10: a registration', () => {
  it('10: ends with unregister(), which may be called twice', async () => {
    const journal = new Journal();
    const core = coreWith();
    const registration = core.getGlobalContext().register(journal.resource('r'), { name: 'pool' });
    expect(registration.name).toBe('pool');
    expect(core.status().resources).toEqual(['application/pool']);
    registration.unregister();
    registration.unregister();
    expect(core.status().resources).toEqual([]);
    await core.checkpointRestore(SIMULATE);
    expect(journal.lines).toEqual([]);
  });

  it('10: can be passed on: unregister needs no `this`', () => {
    const core = coreWith();
    const { unregister } = core.getGlobalContext().register({});
    unregister();
    expect(core.status().resources).toEqual([]);
  });

  it('10: is disposable, so that `using` ends it', async () => {
    const core = coreWith();
    const inside: (readonly string[])[] = [];
    {
      using registration = core.getGlobalContext().register({}, { name: 'scoped' });
      inside.push(core.status().resources);
      expect(registration.name).toBe('scoped');
    }
    expect(inside).toEqual([['application/scoped']]);
    expect(core.status().resources).toEqual([]);
  });
});

// In a process of its own: only there can garbage be collected when the test says so.
describe('10: what is held', () => {
  function heldAfterCollection(options: string): string {
    const script = `
      import { setImmediate as turn } from 'node:timers/promises';
      import { Core } from './dist/index.js';
      class Pool { constructor() { this.memory = new Array(1000).fill(this); } beforeCheckpoint() {} }
      const kept = [];
      function register() {
        const pool = new Pool();
        const registration = Core.getGlobalContext().register(pool, ${options});
        kept.push(registration);
        return new WeakRef(pool);
      }
      const pool = register();
      for (let round = 0; round < 5; round++) { await turn(); globalThis.gc(); }
      console.log(pool.deref() ? 'alive' : 'collected', Core.status().resources.length);
      await Core.checkpointRestore({ engine: 'simulate' });
    `;
    const args = ['--expose-gc', '--input-type=module', '--eval', script];
    return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
  }

  it('10: references are strong: a resource that only its registration knows stays', () => {
    expect(heldAfterCollection('{}')).toBe('alive 1');
  });

  it('10: `weak: true`: it drops out when nothing else refers to it', () => {
    expect(heldAfterCollection('{ weak: true }')).toBe('collected 0');
  });

  it('10: `weak: true`: one that something refers to is notified', async () => {
    const journal = new Journal();
    const core = coreWith();
    const resource = journal.resource('r');
    core.getGlobalContext().register(resource, { weak: true });
    await core.checkpointRestore(SIMULATE);
    expect(journal.lines).toEqual(['r before', 'r after resumed']);
  });
});
