import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OrderedContext, ParallelContext } from '../../src/context/index.js';
import { resolveOptions } from '../../src/core/options.js';
import type { CheckpointError, RestoreError } from '../../src/index.js';
import { coreWith, Journal, RESTORED, rejection, SIMULATE } from './cores.js';

const forever = () => new Promise(() => {});

describe('11: time limits', () => {
  it('11: are 10 s for each hook and 60 s in all, unless options say otherwise', () => {
    const defaults = { hookTimeoutMs: 10_000, hooksTimeoutMs: 60_000 };
    expect(resolveOptions(SIMULATE)).toMatchObject(defaults);
    const given = { hookTimeoutMs: 1, hooksTimeoutMs: 2 };
    expect(resolveOptions({ ...SIMULATE, ...given })).toMatchObject(given);
  });

  it.each(['hookTimeoutMs', 'hooksTimeoutMs'])('11: %s must be a positive number', async (name) => {
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '10']) {
      const error = await rejection(coreWith().checkpointRestore({ ...SIMULATE, [name]: value }));
      expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_OPTIONS' });
      expect(error.message).toContain(`\`${name}\` to be a positive number of milliseconds, got`);
    }
  });

  it('11: a hook past its limit fails the attempt, with an error that names it', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    const nested = new OrderedContext();
    nested.register(journal.resource('other'));
    nested.register(journal.resourceThat('slow', forever), { name: 'pool' });
    core.getGlobalContext().register(nested);
    const error = await rejection<CheckpointError>(
      core.checkpointRestore({ ...SIMULATE, hookTimeoutMs: 20 }),
    );
    expect(error.errors).toEqual([
      expect.objectContaining({
        code: 'ERR_TUBTHUMP_HOOK_TIMEOUT',
        message: 'pool.beforeCheckpoint exceeded its limit of 20 ms',
        resource: 'pool',
      }),
    ]);
    expect(journal.lines).toEqual([
      'slow before',
      'other before',
      'other after aborted',
      'slow after aborted',
    ]);
  });

  it('11: afterRestore has the same limits', async () => {
    const core = coreWith({ engine: new Journal().engine(RESTORED) });
    core.getGlobalContext().register({ afterRestore: forever }, { name: 'pool' });
    const error = await rejection<RestoreError>(
      core.checkpointRestore({ ...SIMULATE, hookTimeoutMs: 20 }),
    );
    expect(error.code).toBe('ERR_TUBTHUMP_RESTORE_HOOKS');
    expect(error.errors[0].message).toBe('pool.afterRestore exceeded its limit of 20 ms');
  });

  it('11: the limit of all hooks counts from the first to the last; everybody is still called', async () => {
    const journal = new Journal();
    const core = coreWith();
    const context = core.getGlobalContext();
    context.register(journal.resourceThat('second', forever), { name: 'second' });
    context.register(journal.resourceThat('first', forever), { name: 'first' });
    const error = await rejection<CheckpointError>(
      core.checkpointRestore({ ...SIMULATE, hooksTimeoutMs: 20 }),
    );
    expect(error.errors.map(({ message }) => message)).toEqual([
      'first.beforeCheckpoint exceeded the time limit of all hooks',
      'second.beforeCheckpoint exceeded the time limit of all hooks',
    ]);
    // The way back has a limit of its own: these were called and did not fail.
    expect(journal.lines.slice(2)).toEqual(['second after aborted', 'first after aborted']);
  });

  it('11: a hook that blocks the thread past its limit fails as well', async () => {
    const core = coreWith();
    const block = () => {
      const until = performance.now() + 30;
      while (performance.now() < until);
    };
    core.getGlobalContext().register({ beforeCheckpoint: block }, { name: 'blocker' });
    const error = await rejection<CheckpointError>(
      core.checkpointRestore({ ...SIMULATE, hookTimeoutMs: 10 }),
    );
    expect(error.errors[0]).toMatchObject({ code: 'ERR_TUBTHUMP_HOOK_TIMEOUT' });
  });

  it('11: limits hold for each hook of a nested context, not for the context', async () => {
    const core = coreWith();
    const nested = new OrderedContext();
    for (let index = 0; index < 4; index++) nested.register({ beforeCheckpoint: () => sleep(200) });
    core.getGlobalContext().register(nested);
    const info = await core.checkpointRestore({ ...SIMULATE, hookTimeoutMs: 600 });
    expect(info.reason).toBe('resumed');
  });

  it('11: a resource that happens to have a method `register` is limited like others', async () => {
    const core = coreWith();
    const registry = { register() {}, beforeCheckpoint: forever };
    core.getGlobalContext().register(registry, { name: 'metrics' });
    await expect(core.checkpointRestore({ ...SIMULATE, hookTimeoutMs: 20 })).rejects.toThrow(
      'metrics.beforeCheckpoint exceeded',
    );
  });

  it('11: a limit may be longer than a timer can be', async () => {
    const core = coreWith();
    core.getGlobalContext().register({ beforeCheckpoint: () => sleep(20) });
    const limits = { hookTimeoutMs: 1e12, hooksTimeoutMs: 1e12 };
    expect((await core.checkpointRestore({ ...SIMULATE, ...limits })).reason).toBe('resumed');
  });

  it('11: a hook that fails after its limit does not become an unhandled rejection', async () => {
    const core = coreWith();
    const unhandled: unknown[] = [];
    const listen = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', listen);
    let fail = (_error: Error) => {};
    const hook = () =>
      new Promise((_, reject) => {
        fail = reject;
      });
    core.getGlobalContext().register({ beforeCheckpoint: hook });
    await rejection(core.checkpointRestore({ ...SIMULATE, hookTimeoutMs: 10 }));
    fail(new Error('too late'));
    await new Promise(setImmediate);
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
  });
});

describe('11: an AbortSignal', () => {
  const aborted = { code: 'ERR_TUBTHUMP_ABORTED' };

  it('11: aborted before: nobody is notified, nothing is dumped', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine(), steps: [journal.step('step')] });
    core.getGlobalContext().register(journal.resource('r'));
    const reason = new Error('shutting down');
    const error = await rejection<CheckpointError>(
      core.checkpointRestore({ ...SIMULATE, signal: AbortSignal.abort(reason) }),
    );
    expect(error.code).toBe('ERR_TUBTHUMP_CHECKPOINT');
    expect(error.errors).toEqual([expect.objectContaining({ ...aborted, cause: reason })]);
    expect(journal.lines).toEqual([]);
  });

  it('11: while a hook waits: the wait ends, no further one is called, those notified are woken', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine(), steps: [journal.step('step')] });
    const controller = new AbortController();
    const reason = new Error('shutting down');
    const context = core.getGlobalContext();
    const hang = () => {
      setImmediate(() => controller.abort(reason));
      return forever();
    };
    context.register(journal.resource('server'), { phase: 'servers' });
    context.register(journal.resource('never'));
    context.register(journal.resourceThat('waiting', hang), { name: 'pool' });
    const error = await rejection<CheckpointError>(
      core.checkpointRestore({ ...SIMULATE, signal: controller.signal }),
    );
    expect(error.errors[0]).toMatchObject({ ...aborted, resource: 'pool', cause: reason });
    expect(journal.lines).toEqual(['waiting before', 'waiting after aborted']);
  });

  it('11: within a parallel context: all of the group stop waiting', async () => {
    const core = coreWith();
    const controller = new AbortController();
    const context = new ParallelContext();
    context.register({ beforeCheckpoint: forever }, { name: 'second' });
    const abort = () => {
      controller.abort();
      return forever();
    };
    context.register({ beforeCheckpoint: abort }, { name: 'first' });
    core.getGlobalContext().register(context);
    const error = await rejection<CheckpointError>(
      core.checkpointRestore({ ...SIMULATE, signal: controller.signal }),
    );
    expect(error.errors.map(({ resource }) => resource).slice(0, 2)).toEqual(['first', 'second']);
    expect(error.errors.every(({ code }) => code === aborted.code)).toBe(true);
  });

  it('11: in the runtime phase, just before the dump', async () => {
    const journal = new Journal();
    const controller = new AbortController();
    const step = { ...journal.step('aborting'), quiesce: () => controller.abort() };
    const steps = [journal.step('first'), step, journal.step('never')];
    const core = coreWith({ engine: journal.engine(), steps });
    core.getGlobalContext().register(journal.resource('r'));
    await rejection(core.checkpointRestore({ ...SIMULATE, signal: controller.signal }));
    expect(journal.lines).toEqual([
      'r before',
      'first quiesce',
      'aborting wake',
      'first wake',
      'r after aborted',
    ]);
  });

  it('11: after the dump: nothing is left to cancel', async () => {
    const core = coreWith();
    const controller = new AbortController();
    core.getGlobalContext().register({
      afterRestore: async () => {
        controller.abort();
        await new Promise(setImmediate);
      },
    });
    const info = await core.checkpointRestore({ ...SIMULATE, signal: controller.signal });
    expect(info.reason).toBe('resumed');
  });
});
