import { execFileSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OrderedContext } from '../../src/context/index.js';
import { coreWith, deferred, Journal, rejection, SIMULATE } from './cores.js';

interface Message {
  readonly durationMs?: number;
  readonly [key: string]: unknown;
}

const NAMES = ['tubthump:phase', 'tubthump:hook', 'tubthump:checkpoint', 'tubthump:ready'];
let seen: [channel: string, message: Message][] = [];
const listen = (message: unknown, name: string | symbol) =>
  void seen.push([String(name), message as Message]);

beforeEach(() => {
  seen = [];
  for (const name of NAMES) subscribe(name, listen);
});

afterEach(() => {
  for (const name of NAMES) unsubscribe(name, listen);
});

const of = (channel: string) => seen.filter(([name]) => name === channel).map(([, m]) => m);

describe('16: diagnostics channels', () => {
  it('16: tell each phase, in order, with its duration', async () => {
    const journal = new Journal();
    await coreWith({
      engine: journal.engine(),
      steps: [journal.step('a'), journal.step('b')],
    }).checkpointRestore(SIMULATE);
    const phases = of('tubthump:phase');
    expect(phases.map(({ phase }) => phase)).toEqual([
      'hooks',
      'quiesce:a',
      'quiesce:b',
      'freeze',
      'wake:b',
      'wake:a',
      'hooks-after',
    ]);
    for (const { durationMs } of phases) expect(durationMs).toBeGreaterThanOrEqual(0);
  });

  it('16: tell each hook by name, with its duration and error, also in nested contexts', async () => {
    const core = coreWith();
    const error = new Error('no');
    const nested = new OrderedContext({ name: 'nested' });
    nested.register(
      {
        beforeCheckpoint() {
          throw error;
        },
      },
      { name: 'bad' },
    );
    nested.register({ afterRestore() {} }, { name: 'good' });
    core.getGlobalContext().register(nested);
    await rejection(core.checkpointRestore(SIMULATE));
    const hooks = of('tubthump:hook').filter(({ resource }) =>
      ['bad', 'good'].includes(resource as string),
    );
    expect(hooks).toEqual([
      { hook: 'beforeCheckpoint', resource: 'bad', durationMs: expect.any(Number), error },
      { hook: 'afterRestore', resource: 'good', durationMs: expect.any(Number) },
    ]);
  });

  it('16: tell the end of every attempt', async () => {
    const core = coreWith();
    const info = await core.checkpointRestore(SIMULATE);
    const registration = core.getGlobalContext().register({
      beforeCheckpoint() {
        throw new Error('no');
      },
    });
    const error = await rejection(core.checkpointRestore(SIMULATE));
    registration.unregister();
    expect(of('tubthump:checkpoint')).toEqual([
      { reason: 'resumed', imageId: info.imageId, durationMs: expect.any(Number) },
      { reason: 'aborted', imageId: null, durationMs: expect.any(Number), error },
    ]);
  });

  it('16: tell once that the application is ready', () => {
    const core = coreWith();
    expect(core.status().ready).toBe(false);
    core.ready();
    core.ready();
    expect(of('tubthump:ready')).toEqual([{}]);
    expect(core.status().ready).toBe(true);
  });

  it('16: are printed with NODE_DEBUG=tubthump, whatever was thrown', () => {
    const script = `
      import { Core } from './dist/index.js';
      const error = Object.assign(new Error('circular'), { big: 1n });
      error.self = error;
      Core.getGlobalContext().register({ beforeCheckpoint() { throw error; } }, { name: 'odd' });
      await Core.checkpointRestore({ engine: 'simulate' }).catch(() => console.error('rejected'));
    `;
    const output = execFileSync(
      '/bin/sh',
      ['-c', 'exec "$0" --input-type=module --eval "$1" 2>&1', process.execPath, script],
      { encoding: 'utf8', env: { ...process.env, NODE_DEBUG: 'tubthump' } },
    );
    expect(output).toMatch(/TUBTHUMP \d+: hook .*resource: 'odd'.*circular/s);
    expect(output).toMatch(/rejected\n$/);
  });
});

describe('16: Core.status()', () => {
  it('16: tells the state while a checkpoint runs, and the names of all resources', async () => {
    const core = coreWith();
    const context = core.getGlobalContext();
    const entered = deferred();
    const gate = deferred();
    const nested = new OrderedContext({ name: 'caches' });
    nested.register({}, { name: 'users' });
    context.register(nested);
    context.register(
      {
        beforeCheckpoint: () => {
          entered.resolve();
          return gate.promise;
        },
      },
      { name: 'db', phase: 'pools' },
    );
    expect(core.status()).toEqual({
      state: 'running',
      ready: false,
      generation: 0,
      imageId: null,
      cloneId: null,
      failures: 0,
      lastFailure: null,
      resources: ['pools/db', 'application/caches/users'],
    });
    const checkpoint = core.checkpointRestore(SIMULATE);
    await entered.promise;
    expect(core.status().state).toBe('checkpointing');
    gate.resolve();
    const { imageId } = await checkpoint;
    expect(core.status()).toMatchObject({ state: 'running', imageId });
  });
});
