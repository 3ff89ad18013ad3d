import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { askRandomness } from '../control/client.js';
import { TubthumpError } from '../errors/index.js';
import { launcherPath } from '../native/package.js';

type Numbers = Readonly<Record<string, string>>;

const POLL_MS = 10;

export interface VerifyOptions {
  readonly images: string;
  readonly criu?: string;
  /** Limit for each copy to answer, in ms. */
  readonly timeoutMs: number;
}

/** Restores the image twice, one copy after the other, and tells which generators agree. */
export async function agreeingGenerators(options: VerifyOptions): Promise<GeneratorResult[]> {
  const one = await numbersOfCopy(options);
  const other = await numbersOfCopy(options);
  return compare(one, other);
}

export interface GeneratorResult {
  readonly generator: string;
  readonly agrees: boolean;
}

export function compare(one: Numbers, other: Numbers): GeneratorResult[] {
  const generators = Object.keys(one);
  return generators.map((generator) => ({
    generator,
    agrees: one[generator] === other[generator],
  }));
}

async function numbersOfCopy({ images, criu, timeoutMs }: VerifyOptions): Promise<Numbers> {
  const pid = await pidIn(images);
  const args = ['restore', images, ...(criu === undefined ? [] : ['--criu', criu])];
  const launcher = spawn(launcherPath(), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaints = '';
  launcher.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  try {
    const until = performance.now() + timeoutMs;
    while (launcher.exitCode === null && performance.now() < until) {
      const numbers = await askRandomness(pid).catch(() => undefined);
      if (numbers) return numbers;
      await sleep(POLL_MS);
    }
  } finally {
    await end(launcher, pid);
  }
  throw new TubthumpError(
    'ERR_TUBTHUMP_SERVICE_ENDED',
    `no copy of ${images} answered: ${complaints.trim() || 'it printed nothing'}`,
  );
}

async function pidIn(images: string): Promise<number> {
  try {
    return (JSON.parse(await readFile(`${images}/manifest.json`, 'utf8')) as { pid: number }).pid;
  } catch (cause) {
    throw new TubthumpError('ERR_TUBTHUMP_IMAGE_MISSING', `no image in ${images}`, { cause });
  }
}

/** The copy is the launcher's child; it must not do what it does at a normal end. */
async function end(launcher: ChildProcess, pid: number): Promise<void> {
  if (launcher.exitCode !== null || launcher.signalCode !== null) return;
  const exited = once(launcher, 'exit');
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    launcher.kill('SIGTERM'); // There is no copy yet.
  }
  await exited;
}
