import { describe, expect, it } from 'vitest';
import type { CheckpointInfo, RestoreInfo } from '../../src/context/index.js';
import type { Outcome } from '../../src/engine/engine.js';
import { coreWith, engineThat, RESTORED, RESUMED, rejection, SIMULATE } from './cores.js';

/** Everything that the hooks of one cycle were told. */
async function infosOf(outcome: Outcome | Error, apply: () => void = () => {}) {
  const engine = engineThat(() => {
    if (outcome instanceof Error) throw outcome;
    return outcome;
  });
  const core = coreWith({ engine, steps: [{ name: 'environment', wake: apply }] });
  const infos: [CheckpointInfo?, RestoreInfo?] = [];
  core.getGlobalContext().register({
    beforeCheckpoint: (_, info) => void infos.push(info),
    afterRestore: (_, info) => void infos.push(info),
  });
  await core
    .checkpointRestore({ ...SIMULATE, images: '/images', leaveRunning: false })
    .catch(() => {});
  return { before: infos[0] as CheckpointInfo, after: infos[1] as RestoreInfo, core };
}

describe('12: info', () => {
  it('12: before the dump: where the image is to be, whether the process goes on, engine', async () => {
    const { before } = await infosOf(RESUMED);
    expect(before).toEqual({
      reason: 'checkpoint',
      images: '/images',
      leaveRunning: false,
      engine: 'test',
    });
  });

  it('12: in a copy: `restored`, with ids, generation, time and arguments', async () => {
    const checkpointedAt = Date.now() - 60_000;
    const { after } = await infosOf({ ...RESTORED, checkpointedAt, args: ['--port', '1'] });
    expect(after).toMatchObject({
      reason: 'restored',
      imageId: 'image',
      generation: 3,
      cloneId: 'clone',
      checkpointedAt,
      args: ['--port', '1'],
    });
    expect(after.downtimeMs).toBeGreaterThanOrEqual(60_000);
  });

  it('12: in the original: `resumed`, without a clone id', async () => {
    const { after } = await infosOf(RESUMED);
    expect(after).toMatchObject({ reason: 'resumed', imageId: 'image', cloneId: null, args: [] });
  });

  it('12: without an image: `aborted`, and ids are null', async () => {
    const startedAt = Date.now();
    const { after } = await infosOf(new Error('no'));
    expect(after).toMatchObject({ reason: 'aborted', imageId: null, cloneId: null, generation: 0 });
    expect(after.checkpointedAt).toBeGreaterThanOrEqual(startedAt);
  });

  it('12: names the environment variables that changed, and no values', async () => {
    process.env.CHANGED = 'before';
    process.env.REMOVED = 'before';
    const { after } = await infosOf(RESTORED, () => {
      process.env.ADDED = 'after';
      process.env.CHANGED = 'after';
      delete process.env.REMOVED;
    });
    delete process.env.ADDED;
    delete process.env.CHANGED;
    expect(after.environment).toEqual({
      added: ['ADDED'],
      changed: ['CHANGED'],
      removed: ['REMOVED'],
    });
  });

  it('12: a clock that was set back makes no negative downtime', async () => {
    const { after } = await infosOf({ ...RESTORED, checkpointedAt: Date.now() + 1e9 });
    expect(after.downtimeMs).toBe(0);
  });

  it('12: is frozen, to the last array', async () => {
    const { before, after } = await infosOf({ ...RESTORED, args: ['a'] });
    for (const value of [before, after, after.args, ...Object.values(after.environment)]) {
      expect(Object.isFrozen(value)).toBe(true);
    }
    expect(Object.isFrozen(after.environment)).toBe(true);
    expect(() => Object.assign(after, { reason: 'resumed' })).toThrow(TypeError);
  });

  it('12: shows nothing else to those who look: it is plain data', async () => {
    const { before, after } = await infosOf(RESTORED);
    for (const info of [before, after]) {
      expect(JSON.parse(JSON.stringify(info))).toEqual(info);
      expect(Reflect.ownKeys({ ...info }).every((key) => typeof key === 'string')).toBe(true);
    }
  });

  it('12: a copy that is checkpointed and goes on is still that copy', async () => {
    const outcomes = [RESTORED, { ...RESUMED, generation: 3, imageId: 'second' }];
    const requests: number[] = [];
    const engine = engineThat(({ generation }) => {
      requests.push(generation);
      return outcomes.shift() as Outcome;
    });
    const core = coreWith({ engine });
    await core.checkpointRestore(SIMULATE);
    await core.checkpointRestore(SIMULATE);
    expect(requests).toEqual([0, 3]);
    expect(core.status()).toMatchObject({ generation: 3, cloneId: 'clone', imageId: 'second' });
  });

  it('12: a failed attempt changes nothing of what a process is', async () => {
    const outcomes = [RESTORED];
    const engine = engineThat(() => {
      const outcome = outcomes.shift();
      if (!outcome) throw new Error('no');
      return outcome;
    });
    const core = coreWith({ engine });
    const infos: RestoreInfo[] = [];
    core.getGlobalContext().register({ afterRestore: (_, info) => void infos.push(info) });
    await core.checkpointRestore(SIMULATE);
    await rejection(core.checkpointRestore(SIMULATE));
    expect(infos[1]).toMatchObject({ reason: 'aborted', generation: 3 });
    expect(core.status()).toMatchObject({ generation: 3, cloneId: 'clone', imageId: 'image' });
  });
});
