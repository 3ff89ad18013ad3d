import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LAUNCHER, temporaryDirectory } from './harness.js';

export const KEEPER: string = resolve('test/fixtures/keeper-of-secrets.mjs');

/** What test/fixtures/keeper-of-secrets.mjs tells. */
export interface Kept {
  readonly requests: number;
  readonly inHeap: string;
  readonly inBuffer: string;
  readonly argument: string;
  readonly environment?: string;
}

/** Words that are nowhere else on this machine. */
export function secretWord(): string {
  return randomBytes(12).toString('hex');
}

export function reversed(word: string): string {
  return [...word].reverse().join('');
}

/** A key file, for its owner only. */
export function keyFile(bytes: Buffer = randomBytes(32)): string {
  const path = join(temporaryDirectory(), 'key');
  writeFileSync(path, `${bytes.toString('hex')}\n`);
  chmodSync(path, 0o600);
  return path;
}

export function tubthump(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, ...environment };
  return spawnSync(LAUNCHER, args, { encoding: 'utf8', env });
}

/** An image of the keeper of `word`, made by `tubthump checkpoint`. */
export function imageOfKeeper(word: string, options: readonly string[] = []) {
  const images = join(temporaryDirectory(), 'image');
  const args = ['checkpoint', '--images', images, ...options, '--'];
  const command = [process.execPath, KEEPER, `argument-${word}`];
  const made = tubthump([...args, ...command], { SECRET_WORD: word, FOO: `foo-${word}` });
  if (made.status !== 0) throw new Error(`${made.stdout}${made.stderr}`);
  const port = Number(/listening on (\d+)/.exec(made.stdout)?.[1]);
  return { images, port, stderr: made.stderr };
}
