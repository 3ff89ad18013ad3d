import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TubthumpError } from '../../src/errors/index.js';
import { CriuClient } from '../../src/rpc/index.js';

export const FAKE_SWRK: string = resolve('build/Release/fake_swrk');

/** A client whose CRIU misbehaves: see native/test/programs/fake_swrk.cpp. */
export function fakeClient(behaviour: string): CriuClient {
  return new CriuClient({ criu: FAKE_SWRK, environment: { FAKE_SWRK: behaviour } });
}

/** The error of a promise that must not succeed. */
export async function errorOf(promise: Promise<unknown>): Promise<TubthumpError> {
  const error = await promise.then(
    (value) => {
      throw new Error(`no error but ${JSON.stringify(value)}`);
    },
    (reason: unknown) => reason,
  );
  if (TubthumpError.is(error)) return error;
  throw error;
}

/** Descriptors of the kinds that a session has; vitest opens files of its own at any time. */
export function sessionDescriptors(): string[] {
  return readdirSync('/proc/self/fd')
    .map((fd) => linkOf(`/proc/self/fd/${fd}`))
    .filter((link) => /^(socket:|\/memfd:|anon_inode:\[(eventfd|pidfd)\])/.test(link));
}

/** Processes of the fake, and children of ours that nobody has reaped. */
export async function noneLeft(): Promise<boolean> {
  for (let tries = 0; tries < 500; tries++) {
    if (leftovers().length === 0) return true;
    await sleep(10);
  }
  throw new Error(`left behind: ${leftovers().join(', ')}`);
}

function leftovers(): string[] {
  return readdirSync('/proc').filter(
    (pid) => /^\d+$/.test(pid) && (linkOf(`/proc/${pid}/exe`) === FAKE_SWRK || isOurZombie(pid)),
  );
}

function isOurZombie(pid: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' && Number(parent) === process.pid;
  } catch {
    return false;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
