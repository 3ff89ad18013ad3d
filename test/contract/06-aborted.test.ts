import { describe, expect, it } from 'vitest';
import { OrderedContext, type RestoreInfo } from '../../src/context/index.js';
import { CheckpointError, TubthumpError } from '../../src/index.js';
import { coreWith, engineThat, filled, Journal, rejection, SIMULATE } from './cores.js';

const failing = (thrown: unknown) => ({
  beforeCheckpoint() {
    throw thrown;
  },
});

describe('6: an attempt that fails before the dump', () => {
  it('6: makes no image: the engine is not even asked', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    core.getGlobalContext().register(failing(new Error('no')));
    await rejection(core.checkpointRestore(SIMULATE));
    expect(journal.lines).toEqual([]);
  });

  it('6: wakes every resource, the failed ones too, with reason `aborted`', async () => {
    const journal = new Journal();
    const core = coreWith({ steps: [journal.step('step')] });
    const context = core.getGlobalContext();
    context.register(journal.resource('good'));
    context.register(
      journal.resourceThat('bad', () => {
        throw new Error('no');
      }),
    );
    await rejection(core.checkpointRestore(SIMULATE));
    expect(journal.lines).toEqual([
      'bad before',
      'good before',
      'step quiesce',
      'step wake',
      'good after aborted',
      'bad after aborted',
    ]);
  });

  it('6: is the same when the dump itself fails', async () => {
    const journal = new Journal();
    const dumpFailed = new TubthumpError('ERR_TUBTHUMP_DUMP_FAILED', 'no space');
    const engine = engineThat(() => {
      throw dumpFailed;
    });
    const core = coreWith({ engine });
    core.getGlobalContext().register(journal.resource('r'));
    const error = await rejection<CheckpointError>(core.checkpointRestore(SIMULATE));
    expect(error.errors).toEqual([dumpFailed]);
    expect(journal.lines).toEqual(['r before', 'r after aborted']);
  });

  it('6: rejects with a CheckpointError, an AggregateError of all causes, flattened and named', async () => {
    const core = coreWith();
    const errors = ['one', 'two', 'three', 'four'].map((name) => new Error(name));
    const outer = new OrderedContext({ name: 'outer' });
    const inner = new OrderedContext({ name: 'inner' });
    inner.register(failing(errors[0]), { name: 'first' });
    inner.register(failing(errors[1]), { name: 'second' });
    outer.register(inner);
    outer.register(failing(errors[2]), { name: 'third' });
    core.getGlobalContext().register(failing(errors[3]), { name: 'fourth', phase: 'servers' });
    core.getGlobalContext().register(outer);

    const error = await rejection<CheckpointError>(core.checkpointRestore(SIMULATE));
    expect(error).toBeInstanceOf(CheckpointError);
    expect(error).toBeInstanceOf(AggregateError);
    expect(TubthumpError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_CHECKPOINT', name: 'CheckpointError' });
    // The objects that were thrown, in the order of the notifications.
    expect(error.errors).toEqual([errors[2], errors[1], errors[0], errors[3]]);
    expect(error.errors[0]).toBe(errors[2]);
    expect(error.errors.map(({ resource }) => resource)).toEqual([
      'third',
      'second',
      'first',
      'fourth',
    ]);
    expect(error.message.split('\n')).toEqual([
      'checkpoint failed, the service goes on',
      '  - third: three',
      '  - second: two',
      '  - first: one',
      '  - fourth: four',
    ]);
  });

  it('6: names resources by their class when no name was given', async () => {
    class ConnectionPool {
      beforeCheckpoint() {
        throw new Error('busy');
      }
    }
    const core = coreWith();
    core.getGlobalContext().register(new ConnectionPool());
    core.getGlobalContext().register(failing(new Error('anonymous')));
    const error = await rejection<CheckpointError>(core.checkpointRestore(SIMULATE));
    expect(error.errors.map(({ resource }) => resource)).toEqual(['resource', 'ConnectionPool']);
  });

  it('6: also reports what afterRestore throws then', async () => {
    const core = coreWith();
    const hooks = {
      ...failing(new Error('before')),
      afterRestore() {
        throw new Error('after');
      },
    };
    core.getGlobalContext().register(hooks, { name: 'r' });
    const error = await rejection<CheckpointError>(core.checkpointRestore(SIMULATE));
    expect(error).toBeInstanceOf(CheckpointError);
    expect(error.errors.map(({ resource, message }) => [resource, message])).toEqual([
      ['r', 'before'],
      ['r', 'after'],
    ]);
  });

  it.each([
    ['a string', 'text', 'text'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['an object without prototype', Object.create(null), '[object]'],
    ['a frozen error', Object.freeze(new Error('frozen')), 'frozen'],
    ['an error with a `resource` of its own', Object.assign(new Error('x'), { resource: 9 }), 'x'],
  ])('6: wraps %s, names it and keeps it as the cause', async (_, thrown, message) => {
    const core = coreWith();
    core.getGlobalContext().register(failing(thrown), { name: 'odd' });
    const error = await rejection<CheckpointError>(core.checkpointRestore(SIMULATE));
    expect(error.errors).toHaveLength(1);
    expect(error.errors[0]).toBeInstanceOf(Error);
    expect(error.errors[0]).toMatchObject({ message, resource: 'odd' });
    expect(error.errors[0].cause).toBe(thrown);
  });

  it('6: names both resources that throw the very same error', async () => {
    const core = coreWith();
    const shared = new Error('database is gone');
    for (const name of ['users', 'orders']) {
      core.getGlobalContext().register(failing(shared), { name });
    }
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await rejection<CheckpointError>(core.checkpointRestore(SIMULATE));
      expect(error.message).toContain('  - orders: database is gone\n  - users: database is gone');
    }
  });

  it('6: leaves the process able to make the next attempt', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    filled(journal, 'r', 1, core.getGlobalContext());
    const registration = core.getGlobalContext().register(failing(new Error('once')));
    await rejection(core.checkpointRestore(SIMULATE));
    registration.unregister();
    journal.lines.length = 0;
    const info: RestoreInfo = await core.checkpointRestore(SIMULATE);
    expect(info.reason).toBe('resumed');
    expect(journal.lines).toEqual(['r1 before', 'dump', 'r1 after resumed']);
    expect(core.status()).toMatchObject({ state: 'running', failures: 1 });
  });
});
