import { describe, expect, it } from 'vitest';
import { coreWith, deferred, Journal, rejection, SIMULATE } from './cores.js';

describe('8: a second checkpointRestore while one is running', () => {
  it('8: rejects at once with a stable code, and leaves the first alone', async () => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine() });
    const gate = deferred();
    const entered = deferred();
    core.getGlobalContext().register(
      journal.resourceThat('r', () => {
        entered.resolve();
        return gate.promise;
      }),
    );
    const first = core.checkpointRestore(SIMULATE);
    await entered.promise;
    // The first cannot have ended when this settles.
    const error = await rejection(core.checkpointRestore(SIMULATE));
    expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_BUSY', name: 'TubthumpError' });
    gate.resolve();
    expect((await first).reason).toBe('resumed');
    expect(journal.lines).toEqual(['r before', 'dump', 'r after resumed']);
    expect(core.status().failures).toBe(0);
  });

  it.each(['beforeCheckpoint', 'afterRestore'] as const)('8: also from within %s', async (hook) => {
    const core = coreWith();
    let inner: Promise<Error> | undefined;
    core.getGlobalContext().register({
      [hook]() {
        inner ??= rejection(core.checkpointRestore(SIMULATE));
        return inner;
      },
    });
    await core.checkpointRestore(SIMULATE);
    expect(await inner).toMatchObject({ code: 'ERR_TUBTHUMP_BUSY' });
  });

  it('8: calls in one tick: the first one wins', async () => {
    const core = coreWith();
    const results = await Promise.allSettled([
      core.checkpointRestore(SIMULATE),
      core.checkpointRestore(SIMULATE),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it.each([false, true])(
    '8: the next one may start when the first has failed: %s',
    async (fails) => {
      const core = coreWith();
      const registration = core.getGlobalContext().register({
        beforeCheckpoint() {
          if (fails) throw new Error('no');
        },
      });
      await core.checkpointRestore(SIMULATE).catch(() => {});
      registration.unregister();
      expect((await core.checkpointRestore(SIMULATE)).reason).toBe('resumed');
    },
  );
});
