import { describe, expect, it } from 'vitest';
import { coreWith, engineThat, Journal, RESTORED, rejection, SIMULATE } from './cores.js';

// What the real steps bring back is shown on real CRIU: test/integration/contract.test.ts.
describe('13: the runtime phase', () => {
  it('13: is awake before any application hook, also when its steps are async', async () => {
    const core = coreWith({
      engine: engineThat(() => RESTORED),
      steps: [
        {
          name: 'environment',
          async wake() {
            await new Promise(setImmediate);
            process.env.FROM_THE_RESTORE = 'yes';
          },
        },
      ],
    });
    const seen: unknown[] = [];
    core.getGlobalContext().register(
      {
        afterRestore: (_, info) =>
          seen.push(process.env.FROM_THE_RESTORE, info.environment.added.join()),
      },
      { phase: 'servers' },
    );
    await core.checkpointRestore(SIMULATE);
    delete process.env.FROM_THE_RESTORE;
    expect(seen).toEqual(['yes', 'FROM_THE_RESTORE']);
  });

  it('13: is awake before them when the attempt was aborted, too', async () => {
    const journal = new Journal();
    const engine = engineThat(() => {
      throw new Error('no');
    });
    const core = coreWith({ engine, steps: [journal.step('stdio')] });
    core.getGlobalContext().register(journal.resource('logger'));
    await rejection(core.checkpointRestore(SIMULATE));
    expect(journal.lines.slice(-2)).toEqual(['stdio wake', 'logger after aborted']);
  });

  it('13: steps are told why the process goes on, with all that the restore brought', async () => {
    const views: unknown[] = [];
    const steps = [{ name: 'step', wake: (view: unknown) => void views.push(view) }];
    const outcome = { ...RESTORED, environment: ['A=b'], args: ['c'] };
    await coreWith({ engine: engineThat(() => outcome), steps }).checkpointRestore(SIMULATE);
    const failing = engineThat(() => {
      throw new Error('no');
    });
    await rejection(coreWith({ engine: failing, steps }).checkpointRestore(SIMULATE));
    expect(views).toEqual([outcome, { reason: 'aborted' }]);
  });
});
