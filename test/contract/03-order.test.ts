import { describe, expect, it } from 'vitest';
import type { Registration } from '../../src/context/index.js';
import { coreWith, filled, Journal, SIMULATE } from './cores.js';

describe('3: order', () => {
  it('3: beforeCheckpoint runs in reverse order of registration, afterRestore in the opposite order', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    filled(journal, 'r', 3, core.getGlobalContext());
    await core.checkpointRestore(SIMULATE);
    expect(journal.lines).toEqual([
      'r3 before',
      'r2 before',
      'r1 before',
      'dump',
      'r1 after resumed',
      'r2 after resumed',
      'r3 after resumed',
    ]);
  });

  it('3: one hook ends before the next one starts', async () => {
    const core = coreWith();
    let running = 0;
    const overlaps: number[] = [];
    const hook = async () => {
      overlaps.push(++running);
      await new Promise(setImmediate);
      running--;
    };
    for (let index = 0; index < 3; index++) {
      core.getGlobalContext().register({ beforeCheckpoint: hook, afterRestore: hook });
    }
    await core.checkpointRestore(SIMULATE);
    expect(overlaps).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('3: afterRestore is called for the notifications that were sent, and no others', async () => {
    const journal = new Journal();
    const core = coreWith();
    const controller = new AbortController();
    const context = core.getGlobalContext();
    context.register(journal.resource('never'));
    context.register(journal.resourceThat('last', () => controller.abort()));
    context.register(journal.resource('first'));
    await expect(
      core.checkpointRestore({ ...SIMULATE, signal: controller.signal }),
    ).rejects.toThrow();
    expect(journal.lines).toEqual([
      'first before',
      'last before',
      'last after aborted',
      'first after aborted',
    ]);
  });

  it('3: the list is taken once, at the start: unregistering takes effect from the next on', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    const context = core.getGlobalContext();
    // One that comes later in the same context, and one in a phase that has not begun.
    const registrations: Registration[] = [
      context.register(journal.resource('earlier')),
      context.register(journal.resource('server'), { phase: 'servers' }),
    ];
    const unregisterAll = () => {
      for (const registration of registrations) registration.unregister();
    };
    context.register(journal.resourceThat('latest', unregisterAll));
    await core.checkpointRestore(SIMULATE);
    const names = ['latest', 'earlier', 'server'];
    expect(journal.lines).toEqual([
      ...names.map((name) => `${name} before`),
      'dump',
      ...names.reverse().map((name) => `${name} after resumed`),
    ]);
    journal.lines.length = 0;
    await core.checkpointRestore(SIMULATE);
    expect(journal.lines).toEqual(['latest before', 'dump', 'latest after resumed']);
  });

  it('3: a resource that is registered twice is notified twice, each registration in its place', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    const context = core.getGlobalContext();
    const twice = journal.resource('twice');
    const first = context.register(twice);
    context.register(journal.resource('between'));
    context.register(twice);
    await core.checkpointRestore(SIMULATE);
    const befores = ['twice before', 'between before', 'twice before'];
    expect(journal.lines.slice(0, 4)).toEqual([...befores, 'dump']);
    first.unregister();
    journal.lines.length = 0;
    await core.checkpointRestore(SIMULATE);
    expect(journal.lines.slice(0, 3)).toEqual(['twice before', 'between before', 'dump']);
  });
});
