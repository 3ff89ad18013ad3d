import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import { controlDirectory } from '../../src/control/location.js';
import { end, launch, temporaryDirectory } from './harness.js';
import { filesWith, imageOf, startState, stateOf } from './state.js';

/** Never in the test's own files, so that nobody but the service can have it. */
const newSecret = () => `s3cr3t/${randomBytes(15).toString('base64')}`;
const SECRET_NAME = 'AWS_SECRET_ACCESS_KEY';
const encodings = ['latin1', 'utf16le'] as const;

describe('a scrubbed variable', () => {
  it('is in the image without scrubbing, in both encodings: the search works', async () => {
    const secret = newSecret();
    const service = await startState({ SECRET_NAME, [SECRET_NAME]: secret });
    const images = await imageOf(service);
    for (const encoding of encodings) {
      expect(filesWith(Buffer.from(secret, encoding), images)).not.toEqual([]);
    }
  });

  it('is in no file of the image, and comes back from the environment of the restore', async () => {
    const secret = newSecret();
    const service = await startState({
      SECRET_NAME,
      [SECRET_NAME]: secret,
      AWS_ID: 'eu',
      FOO: 'bar',
    });
    expect((await stateOf(service.port)).kept?.plain).toBe(secret);
    const images = await imageOf(service, { scrub: ['AWS_*'] });
    for (const encoding of encodings) {
      expect(filesWith(Buffer.from(secret, encoding), images)).toEqual([]);
    }
    expect(filesWith('AWS_ID=eu', images)).toEqual([]);
    expect(filesWith('FOO=bar', images)).not.toEqual([]);
    // The half of it that was kept outside is gone, too.
    const directory = controlDirectory(process.getuid?.() ?? 0);
    expect(readdirSync(directory)).not.toContain(`${service.pid}.pad`);

    const next = newSecret();
    const copy = launch(['restore', images], { SECRET_NAME, [SECRET_NAME]: next, FOO: 'bar' });
    const state = await stateOf(service.port);
    expect(state.environment[SECRET_NAME]).toBe(next);
    expect(state.environment).not.toHaveProperty('AWS_ID');
    expect(state.info?.environment.added).toContain(SECRET_NAME);
    // What the application had taken for itself is asterisks.
    expect(state.kept).toEqual({
      plain: '*'.repeat(secret.length),
      header: `Bearer ${'*'.repeat(secret.length)}`,
      wide: `${'*'.repeat(secret.length)} \u2713`,
    });
    await end(copy.child);
  });

  it('is found by its value', async () => {
    const secret = newSecret();
    const service = await startState({ SECRET_NAME: 'TOKEN', TOKEN: secret });
    const images = await imageOf(service, { scrub: ['=s3cr3t/*'] });
    expect(filesWith(secret, images)).toEqual([]);
    const copy = launch(['restore', images]);
    expect((await stateOf(service.port)).environment).not.toHaveProperty('TOKEN');
    await end(copy.child);
  });

  it('stays with an original that goes on, or whose dump failed', async () => {
    const secret = newSecret();
    const service = await startState({ SECRET_NAME, [SECRET_NAME]: secret });
    const images = join(temporaryDirectory(), 'image');
    const before = await stateOf(service.port);
    await askCheckpoint(service.pid, { images, leaveRunning: true, scrub: ['AWS_*'] });
    expect(filesWith(secret, images)).toEqual([]);
    const after = await stateOf(service.port);
    expect(after.environment).toEqual(before.environment);
    expect(after.kept).toEqual(before.kept);

    const failing = { images, criu: '/nowhere/criu', scrub: ['AWS_*'] };
    await expect(askCheckpoint(service.pid, failing)).rejects.toThrow(/criu/i);
    expect((await stateOf(service.port)).kept).toEqual(before.kept);
    const pad = `${controlDirectory(process.getuid?.() ?? 0)}/${service.pid}.pad`;
    expect(existsSync(pad)).toBe(false);
    await end(service.child);
  });
});
