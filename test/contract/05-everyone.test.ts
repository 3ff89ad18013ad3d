import { describe, expect, it } from 'vitest';
import { OrderedContext, ParallelContext } from '../../src/context/index.js';
import type { CheckpointError } from '../../src/index.js';
import { coreWith, filled, Journal, rejection, SIMULATE } from './cores.js';

describe('5: a resource that throws does not stop the others', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('boom');
      },
    ],
    ['rejects', () => Promise.reject(new Error('boom'))],
    [
      'returns a thenable that rejects',
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      () => ({ then: (_: unknown, reject: (error: Error) => void) => reject(new Error('boom')) }),
    ],
  ])('5: when a hook %s, every resource is notified, nested ones too', async (_, hook) => {
    const journal = new Journal();
    const core = coreWith();
    const context = core.getGlobalContext();
    const nested = filled(journal, 'nested', 1, new ParallelContext());
    nested.register(journal.resourceThat('bad', hook));
    context.register(journal.resource('first'));
    context.register(nested);
    context.register(journal.resource('last'));
    context.register(journal.resource('server'), { phase: 'servers' });
    await rejection(core.checkpointRestore(SIMULATE));
    expect(journal.lines.slice(0, 5)).toEqual([
      'last before',
      'bad before',
      'nested1 before',
      'first before',
      'server before',
    ]);
  });

  it('5: the descriptor check runs all the same, so that one attempt reports every problem', async () => {
    const journal = new Journal();
    const check = {
      ...journal.step('descriptors'),
      quiesce() {
        throw new Error('fd 7 is open');
      },
    };
    const core = coreWith({ steps: [check, journal.step('later')], engine: journal.engine() });
    core.getGlobalContext().register(
      {
        beforeCheckpoint() {
          throw new Error('pool is busy');
        },
      },
      { name: 'pool' },
    );
    const error = await rejection<CheckpointError>(core.checkpointRestore(SIMULATE));
    expect(error.errors.map(({ resource, message }) => [resource, message])).toEqual([
      ['pool', 'pool is busy'],
      ['runtime/descriptors', 'fd 7 is open'],
    ]);
    expect(journal.lines).toEqual(['later quiesce', 'later wake', 'descriptors wake']);
  });

  it('5: a hook that cannot even be looked at counts as one that threw', async () => {
    const journal = new Journal();
    const core = coreWith();
    let isRegistered = false;
    const context = new OrderedContext();
    context.register(journal.resource('other'));
    context.register(
      {
        get beforeCheckpoint(): () => void {
          if (isRegistered) throw new Error('revoked');
          return () => {};
        },
      },
      { name: 'proxy' },
    );
    isRegistered = true;
    core.getGlobalContext().register(context);
    const error = await rejection<CheckpointError>(core.checkpointRestore(SIMULATE));
    expect(error.errors).toEqual([expect.objectContaining({ resource: 'proxy' })]);
    expect(journal.lines).toContain('other before');
  });
});
