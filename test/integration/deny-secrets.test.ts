import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { SecretFinding } from '../../src/inspect/secrets/scan.js';
import { LAUNCHER, manifestOf, SERVICE, temporaryDirectory } from './harness.js';

/** What a machine's own environment may hold is not the test's. */
const CLEAN = { PATH: process.env.PATH, HOME: process.env.HOME };
const SECRET = 'correct-horse-battery-staple';

function checkpoint(
  images: string,
  options: readonly string[],
  environment: NodeJS.ProcessEnv = {},
) {
  const args = ['checkpoint', '--images', images, ...options, '--', process.execPath, SERVICE];
  return spawnSync(LAUNCHER, args, { encoding: 'utf8', env: { ...CLEAN, ...environment } });
}

function secretsIn(images: string): {
  status: number | null;
  text: string;
  found: SecretFinding[];
} {
  const args = ['inspect', '--secrets', '--json', images];
  const { status, stdout } = spawnSync(LAUNCHER, args, { encoding: 'utf8' });
  return { status, text: stdout, found: JSON.parse(stdout).secrets };
}

it('secrets in an image are found, by name and place, and not printed', () => {
  const images = join(temporaryDirectory(), 'image');
  const environment = { DB_PASSWORD: SECRET, URL: 'amqp://shop:hunter2@queue.internal' };
  expect(checkpoint(images, [], environment).status).toBe(0);
  const { status, text, found } = secretsIn(images);
  expect(status).toBe(1);
  expect(found.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['value of DB_PASSWORD', 'connection string']),
  );
  for (const { times, address } of found) {
    expect(times).toBeGreaterThan(0);
    expect(address).toMatch(/^[0-9a-f]+$/);
  }
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain('hunter2');
});

it('--deny-secrets makes no image that holds some, and leaves the one that is there', () => {
  const directory = temporaryDirectory();
  const images = join(directory, 'image');
  const clean = checkpoint(images, ['--deny-secrets']);
  expect(clean.stderr).toBe('');
  expect(clean.status).toBe(0);
  expect(secretsIn(images)).toMatchObject({ status: 0, found: [] });
  const { id } = manifestOf(images);

  const denied = checkpoint(images, ['--deny-secrets'], { DB_PASSWORD: SECRET });
  expect(denied.status).toBe(75);
  expect(denied.stderr).toContain('value of DB_PASSWORD');
  expect(denied.stderr).toContain('ERR_TUBTHUMP_SECRETS');
  expect(denied.stderr).not.toContain(SECRET);
  expect(manifestOf(images).id).toBe(id);
  expect(readdirSync(directory)).toEqual(['image']);

  const scrubbed = checkpoint(images, ['--deny-secrets', '--scrub', 'DB_PASSWORD'], {
    DB_PASSWORD: SECRET,
  });
  expect(scrubbed.status).toBe(0);
  expect(manifestOf(images).id).not.toBe(id);
  expect(existsSync(join(images, 'manifest.json'))).toBe(true);
});
