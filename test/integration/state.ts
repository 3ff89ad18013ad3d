import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { RestoreInfo } from '../../src/context/index.js';
import { askCheckpoint } from '../../src/control/client.js';
import type { CheckpointOptions } from '../../src/core/options.js';
import { exitOf, get, type Running, startService, temporaryDirectory } from './harness.js';

const STATE = resolve('test/fixtures/state.mjs');

/** What test/fixtures/state.mjs tells. */
export interface State {
  readonly pid: number;
  readonly info?: RestoreInfo;
  readonly cwd: string;
  readonly umask: string;
  readonly title: string;
  readonly user: number;
  readonly group: number;
  readonly groups: readonly number[];
  readonly hour: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly kept?: { readonly plain: string; readonly header: string; readonly wide: string };
  readonly fired: Readonly<Record<string, readonly number[]>>;
  readonly ticks: readonly string[];
  readonly uptime: number;
  readonly now: number;
}

export async function stateOf(port: number): Promise<State> {
  return (await get(port)) as unknown as State;
}

export interface Service extends Running {
  readonly port: number;
  readonly pid: number;
}

export function startState(
  environment: NodeJS.ProcessEnv = {},
  node: string = process.execPath,
): Promise<Service> {
  return startService([node, STATE], [], environment);
}

/** Dumps the service, which ends. */
export async function imageOf(service: Service, options: CheckpointOptions = {}): Promise<string> {
  const images = join(temporaryDirectory(), 'image');
  await askCheckpoint(service.pid, { ...options, images, leaveRunning: false });
  await exitOf(service.child);
  return images;
}

/** Files under a directory that hold the text, as grep(1) finds it. */
export function filesWith(text: string | Buffer, directory: string): string[] {
  const bytes = [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`);
  try {
    const args = ['-rlaP', bytes.join(''), directory];
    const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } } as const;
    return execFileSync('grep', args, options).trim().split('\n');
  } catch (error) {
    if ((error as { status?: number }).status === 1) return [];
    throw error;
  }
}
