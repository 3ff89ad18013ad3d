import { describe, expect, it } from 'vitest';
import { OrderedContext } from '../../src/context/index.js';
import { RestoreError, TubthumpError } from '../../src/index.js';
import { coreWith, Journal, RESTORED, RESUMED, rejection, SIMULATE } from './cores.js';

const failing = (message: string) => ({
  afterRestore() {
    throw new Error(message);
  },
});

describe('7: hooks that throw after the dump', () => {
  it.each([RESTORED, RESUMED])('7: do not stop the others, $reason', async (outcome) => {
    const journal = new Journal();
    const core = coreWith({ engine: journal.engine(outcome) });
    const nested = new OrderedContext();
    nested.register(journal.resource('nested'));
    nested.register(failing('two'), { name: 'second' });
    const context = core.getGlobalContext();
    context.register(journal.resource('last'));
    context.register(nested);
    context.register(failing('one'), { name: 'first', phase: 'servers' });
    context.register(journal.resource('first'), { phase: 'servers' });

    const error = await rejection<RestoreError>(core.checkpointRestore(SIMULATE));
    const afters = journal.lines.filter((line) => line.includes('after'));
    expect(afters).toEqual(
      ['first', 'last', 'nested'].map((name) => `${name} after ${outcome.reason}`),
    );
    expect(error).toBeInstanceOf(RestoreError);
    expect(error).toBeInstanceOf(AggregateError);
    expect(TubthumpError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_RESTORE_HOOKS', name: 'RestoreError' });
    expect(error.errors.map(({ resource, message }) => [resource, message])).toEqual([
      ['first', 'one'],
      ['second', 'two'],
    ]);
  });

  it('7: are reported together with runtime steps that failed, which stop no hook either', async () => {
    const journal = new Journal();
    const step = {
      name: 'environment',
      wake() {
        throw new Error('step');
      },
    };
    const core = coreWith({ engine: journal.engine(RESTORED), steps: [journal.step('a'), step] });
    core.getGlobalContext().register(journal.resource('r'));
    const error = await rejection<RestoreError>(core.checkpointRestore(SIMULATE));
    expect(error.message).toContain('runtime/environment: step');
    expect(journal.lines.slice(-2)).toEqual(['a wake', 'r after restored']);
  });

  it('7: leave a process that knows what it is', async () => {
    const core = coreWith({ engine: new Journal().engine(RESTORED) });
    const registration = core.getGlobalContext().register(failing('one'));
    await rejection(core.checkpointRestore(SIMULATE));
    expect(core.status()).toMatchObject({
      state: 'running',
      generation: 3,
      cloneId: 'clone',
      imageId: 'image',
      failures: 1,
    });
    registration.unregister();
    expect((await core.checkpointRestore(SIMULATE)).reason).toBe('restored');
  });
});
