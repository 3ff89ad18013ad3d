import { describe, expect, it } from 'vitest';
import { OrderedContext, type Phase } from '../../src/context/index.js';
import { coreWith, Journal, rejection, SIMULATE } from './cores.js';

describe('9: registration during a cycle', () => {
  it.each(['application', 'servers'] as const)(
    '9: in `%s`: accepted, and notified from the next cycle on',
    async (phase: Phase) => {
      const journal = new Journal();
      const core = coreWith({ engine: journal.engine() });
      const context = core.getGlobalContext();
      let registered = false;
      context.register(
        journal.resourceThat('early', () => {
          if (!registered) context.register(journal.resource('late'), { phase });
          registered = true;
        }),
      );
      await core.checkpointRestore(SIMULATE);
      expect(journal.lines).toEqual(['early before', 'dump', 'early after resumed']);
      journal.lines.length = 0;
      await core.checkpointRestore(SIMULATE);
      expect(journal.lines).toContain('late before');
      expect(journal.lines).toContain('late after resumed');
    },
  );

  it('9: in afterRestore: not notified in this cycle either', async () => {
    const journal = new Journal();
    const core = coreWith();
    const context = core.getGlobalContext();
    context.register({ afterRestore: () => void context.register(journal.resource('late')) });
    await core.checkpointRestore(SIMULATE);
    expect(journal.lines).toEqual([]);
  });

  it("9: with `late: 'notify'`: notified after the others, and first on the way back", async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    const context = new OrderedContext({ late: 'notify' });
    const nested = new OrderedContext();
    nested.register(journal.resource('nested'));
    const later = journal.resourceThat('late', () => context.register(nested));
    context.register(journal.resource('first'));
    context.register(journal.resourceThat('second', () => context.register(later)));
    core.getGlobalContext().register(context);
    await core.checkpointRestore(SIMULATE);
    const order = ['second', 'first', 'late', 'nested'];
    expect(journal.lines).toEqual([
      ...order.map((name) => `${name} before`),
      'dump',
      ...order.reverse().map((name) => `${name} after resumed`),
    ]);
  });

  it("9: with `late: 'notify'`: registrations without end are ended by the time limit", async () => {
    const core = coreWith();
    const context = new OrderedContext({ late: 'notify' });
    const again = () => ({
      beforeCheckpoint: async () => {
        await new Promise(setImmediate);
        context.register(again());
      },
    });
    context.register(again());
    core.getGlobalContext().register(context);
    const error = await rejection(core.checkpointRestore({ ...SIMULATE, hooksTimeoutMs: 20 }));
    expect(error.message).toContain('exceeded the time limit of all hooks');
  });
});
