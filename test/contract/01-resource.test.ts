import { describe, expect, it } from 'vitest';
import type { Resource } from '../../src/context/index.js';
import { coreWith, SIMULATE } from './cores.js';

describe('1: a resource', () => {
  it('1: has both hooks called with the context and an info object', async () => {
    const core = coreWith();
    const calls: unknown[][] = [];
    core.getGlobalContext().register({
      beforeCheckpoint: (...args) => calls.push(['before', ...args]),
      afterRestore: (...args) => calls.push(['after', ...args]),
    });
    await core.checkpointRestore(SIMULATE);
    const context = core.getGlobalContext().phase('application');
    expect(calls).toEqual([
      ['before', context, expect.objectContaining({ reason: 'checkpoint', engine: 'simulate' })],
      ['after', context, expect.objectContaining({ reason: 'resumed' })],
    ]);
  });

  it('1: keeps its `this`', async () => {
    const core = coreWith();
    class Pool implements Resource {
      readonly seen: string[] = [];
      beforeCheckpoint() {
        this.seen.push('before');
      }
      afterRestore() {
        this.seen.push('after');
      }
    }
    const pool = new Pool();
    core.getGlobalContext().register(pool);
    await core.checkpointRestore(SIMULATE);
    expect(pool.seen).toEqual(['before', 'after']);
  });

  it.each([
    ['neither hook', {}],
    ['only beforeCheckpoint', { beforeCheckpoint() {} }],
    ['only afterRestore', { afterRestore() {} }],
    ['no prototype', Object.assign(Object.create(null), { beforeCheckpoint() {} })],
  ])('1: may have %s', async (_, resource) => {
    const core = coreWith();
    core.getGlobalContext().register(resource);
    expect((await core.checkpointRestore(SIMULATE)).reason).toBe('resumed');
  });

  it('1: is waited for when its hooks are async, also when they return thenables', async () => {
    const core = coreWith();
    const lines: string[] = [];
    const later = (line: string) => ({
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      then: (resolve: () => void) =>
        setImmediate(() => {
          lines.push(line);
          resolve();
        }),
    });
    core.getGlobalContext().register({
      beforeCheckpoint: () => later('thenable before'),
      afterRestore: () => later('thenable after'),
    });
    core.getGlobalContext().register({
      async beforeCheckpoint() {
        await new Promise(setImmediate);
        lines.push('async before');
      },
      async afterRestore() {
        await new Promise(setImmediate);
        lines.push('async after');
      },
    });
    await core.checkpointRestore(SIMULATE);
    expect(lines).toEqual(['async before', 'thenable before', 'thenable after', 'async after']);
  });

  it.each([
    ['nothing', undefined, 'got undefined (undefined)'],
    ['null', null, 'got object'],
    ['a function', () => {}, '(function)'],
    ['a string', 'pool', 'got pool (string)'],
    ['a hook that is no function', { afterRestore: 7 }, '`afterRestore` of a resource'],
  ])('1: cannot be %s', (_, resource, message) => {
    const context = coreWith().getGlobalContext();
    const register = () => context.register(resource as Resource);
    expect(register).toThrow(expect.objectContaining({ code: 'ERR_TUBTHUMP_OPTIONS' }));
    expect(register).toThrow(message);
  });

  it('1: is registered with options whose misspelling is recognised', () => {
    const context = coreWith().getGlobalContext();
    const options = { nmae: 'pool' } as object;
    expect(() => context.register({}, options)).toThrow(/`nmae`; did you mean `name`\?/);
  });
});
