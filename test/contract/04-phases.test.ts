import { describe, expect, it } from 'vitest';
import { ParallelContext, type Phase, PriorityContext } from '../../src/context/index.js';
import { coreWith, deferred, filled, Journal, SIMULATE } from './cores.js';

const befores = (names: string[]) => names.map((name) => `${name} before`);
const afters = (names: string[]) => [...names].reverse().map((name) => `${name} after resumed`);

describe('4: contexts of other orders', () => {
  it('4: by priority: higher first, equal ones in reverse order of registration', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    const context = new PriorityContext();
    const entries = { a: 1, b: 5, c: -1, d: 5, e: 0 };
    for (const [name, priority] of Object.entries(entries)) {
      context.register(journal.resource(name), { priority });
    }
    context.register(journal.resource('f')); // 0
    core.getGlobalContext().register(context);
    await core.checkpointRestore(SIMULATE);
    const order = ['d', 'b', 'a', 'f', 'e', 'c'];
    expect(journal.lines).toEqual([...befores(order), 'dump', ...afters(order)]);
  });

  it('4: in parallel: all are called before any has finished, in both directions', async () => {
    const core = coreWith();
    const context = new ParallelContext();
    const started: string[] = [];
    const gates = { beforeCheckpoint: deferred(), afterRestore: deferred() };
    const meet = (hook: keyof typeof gates, name: string) => {
      started.push(`${name} ${hook}`);
      if (started.length % 3 === 0) gates[hook].resolve();
      return gates[hook].promise; // Nobody gets through alone.
    };
    for (const name of ['a', 'b', 'c']) {
      context.register({
        beforeCheckpoint: () => meet('beforeCheckpoint', name),
        afterRestore: () => meet('afterRestore', name),
      });
    }
    core.getGlobalContext().register(context);
    await core.checkpointRestore(SIMULATE);
    expect(started).toEqual([
      ...['c', 'b', 'a'].map((name) => `${name} beforeCheckpoint`),
      ...['a', 'b', 'c'].map((name) => `${name} afterRestore`),
    ]);
  });

  it('4: in parallel: an empty one is fine', async () => {
    const core = coreWith();
    core.getGlobalContext().register(new ParallelContext());
    expect((await core.checkpointRestore(SIMULATE)).reason).toBe('resumed');
  });

  it('4: contexts of all orders nest', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    const priority = new PriorityContext();
    const parallel = filled(journal, 'parallel', 2, new ParallelContext());
    priority.register(journal.resource('low'), { priority: -1 });
    priority.register(parallel, { priority: 9 });
    core.getGlobalContext().register(priority);
    await core.checkpointRestore(SIMULATE);
    const order = ['parallel2', 'parallel1', 'low'];
    expect(journal.lines).toEqual([...befores(order), 'dump', ...afters(order)]);
  });
});

describe('4: phases', () => {
  it('4: application, pools, servers, runtime; and back the other way', async () => {
    const journal = new Journal();
    const core = coreWith({
      engine: journal.engine(),
      steps: [journal.step('step1'), journal.step('step2')],
    });
    const context = core.getGlobalContext();
    // The order of registration does not matter between phases.
    for (const phase of ['servers', 'application', 'pools'] as const) {
      context.register(journal.resource(`${phase}1`), { phase });
      context.phase(phase).register(journal.resource(`${phase}2`));
    }
    await core.checkpointRestore(SIMULATE);
    const order = ['application', 'pools', 'servers'].flatMap((phase) => [
      `${phase}2`,
      `${phase}1`,
    ]);
    expect(journal.lines).toEqual([
      ...befores(order),
      'step1 quiesce',
      'step2 quiesce',
      'dump',
      'step2 wake',
      'step1 wake',
      ...afters(order),
    ]);
  });

  it('4: what names no phase belongs to `application`', () => {
    const core = coreWith();
    core.getGlobalContext().register({}, { name: 'cache' });
    expect(core.status().resources).toEqual(['application/cache']);
  });

  it.each(['runtime', 'server'])('4: `%s` is none that applications may register in', (phase) => {
    const context = coreWith().getGlobalContext();
    expect(() => context.register({}, { phase: phase as Phase })).toThrow(
      /a phase of application, pools, servers, got/,
    );
  });
});
