import { describe, expect, it } from 'vitest';
import { OrderedContext, ParallelContext } from '../../src/context/index.js';
import { Core, getGlobalContext } from '../../src/index.js';
import { coreWith, filled, Journal, RESTORED, SIMULATE } from './cores.js';

describe('2: contexts', () => {
  it('2: nest: a context is a resource of another, at any depth', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    const outer = filled(journal, 'outer', 2);
    const inner = filled(journal, 'inner', 2);
    outer.register(inner);
    core.getGlobalContext().register(outer);
    await core.checkpointRestore(SIMULATE);
    const befores = ['inner2', 'inner1', 'outer2', 'outer1'];
    expect(journal.lines).toEqual([
      ...befores.map((name) => `${name} before`),
      'dump',
      ...befores.reverse().map((name) => `${name} after resumed`),
    ]);
  });

  it('2: are given to hooks: each gets the one that it is registered in', async () => {
    const core = coreWith();
    const inner = new OrderedContext();
    const seen: unknown[] = [];
    inner.register({ beforeCheckpoint: (context) => seen.push(context) });
    core.getGlobalContext().register(inner);
    await core.checkpointRestore(SIMULATE);
    expect(seen).toEqual([inner]);
  });

  it('2: work within a resource that passes its calls on', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    const inner = filled(journal, 'inner', 2);
    core.getGlobalContext().register({
      beforeCheckpoint: (context, info) => inner.beforeCheckpoint(context, info),
      afterRestore: (context, info) => inner.afterRestore(context, info),
    });
    await core.checkpointRestore(SIMULATE);
    const befores = ['inner2 before', 'inner1 before'];
    const afters = ['inner1 after resumed', 'inner2 after resumed'];
    expect(journal.lines).toEqual([...befores, 'dump', ...afters]);
    // The list is taken anew each time.
    inner.register(journal.resource('inner3'));
    journal.lines.length = 0;
    await core.checkpointRestore(SIMULATE);
    expect(journal.lines[0]).toBe('inner3 before');
  });

  it('2: can be called by hand, as tests do', async () => {
    const journal = new Journal();
    const context = filled(journal, 'r', 2);
    const before = { reason: 'checkpoint', images: '/', leaveRunning: true, engine: 'x' } as const;
    await context.beforeCheckpoint(null, before);
    await context.beforeCheckpoint(null, before);
    expect(journal.lines).toEqual(['r2 before', 'r1 before', 'r2 before', 'r1 before']);
  });

  it('2: have one parent and contain no circles', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => new OrderedContext({ name })) as [
      OrderedContext,
      OrderedContext,
      OrderedContext,
    ];
    const registration = a.register(b);
    expect(() => c.register(b)).toThrow('The context `b` is registered in `a` already');
    b.register(c);
    expect(() => c.register(a)).toThrow('The context `a` cannot be registered in itself');
    expect(() => a.register(a)).toThrow(expect.objectContaining({ code: 'ERR_TUBTHUMP_OPTIONS' }));
    registration.unregister();
    const other = new ParallelContext();
    other.register(b);
    // The first registration is over: it must not set the context free a second time.
    registration.unregister();
    expect(() => c.register(b)).toThrow('is registered in `ParallelContext` already');
  });

  it('2: there is one global context', () => {
    expect(Core.getGlobalContext()).toBe(Core.getGlobalContext());
    expect(getGlobalContext()).toBe(Core.getGlobalContext());
  });

  it('2: checkpointRestore resolves in the process that goes on, with what its hooks saw', async () => {
    for (const engine of [new Journal().engine(), new Journal().engine(RESTORED)]) {
      const core = coreWith({ engine });
      const seen: unknown[] = [];
      core.getGlobalContext().register({ afterRestore: (_, info) => seen.push(info) });
      const info = await core.checkpointRestore(SIMULATE);
      expect(seen).toEqual([info]);
    }
  });
});
