import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RestoredInfo } from '../../src/api.js';
import { exitOf, launch, temporaryDirectory } from './harness.js';

const SERVICE = resolve('test/fixtures/clone.mjs');

export interface CloneAnswer {
  readonly pid: number;
  readonly counter: number;
  readonly info: RestoredInfo | null;
  readonly hostname: string;
  readonly args: readonly string[];
  readonly foo?: string;
  readonly random: number;
  /** What only some paths answer. */
  readonly cgroup?: string;
  readonly orphan?: number;
  readonly exists?: boolean;
}

/** An image of test/fixtures/clone.mjs; removed after the test. */
export async function imageForClones(
  environment: NodeJS.ProcessEnv = {},
  engine = 'map',
): Promise<string> {
  const images = join(temporaryDirectory(), 'image');
  const options = ['--images', images, '--engine', engine];
  const command = ['checkpoint', ...options, '--', process.execPath, SERVICE];
  // Its stdin is open meanwhile: one that has ended is so in all copies.
  const making = launch(command, environment);
  const { status } = await exitOf(making.child);
  if (status !== 0) throw new Error(making.output());
  return images;
}

/** Asks a copy, trying again while nobody listens yet. */
export async function askClone(port: number, path = '/', host = '127.0.0.1'): Promise<CloneAnswer> {
  for (let tries = 0; ; tries++) {
    try {
      const response = await fetch(`http://${host}:${port}${path}`, {
        headers: { connection: 'close' },
      });
      return (await response.json()) as CloneAnswer;
    } catch (error) {
      if (tries > 500) throw error;
      await sleep(10);
    }
  }
}

/** Ports from this one on that nobody listens on now, below those that the kernel gives out. */
export async function freePorts(count: number): Promise<number> {
  const taken = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/: [0-9A-F]+:([0-9A-F]{4}) /g)].map(([, port = '']) =>
        Number.parseInt(port, 16),
      ),
    ),
  );
  for (let tries = 0; tries < 100; tries++) {
    const first = 10_000 + Math.floor(Math.random() * 20_000);
    if (Array.from({ length: count }, (_, n) => first + n).every((port) => !taken.has(port))) {
      return first;
    }
  }
  throw new Error(`no ${count} free ports`);
}

/** A network /24 that is ours, without its last number: each test file gets another one. */
export function freeNetwork(): string {
  return `10.${100 + Math.floor(Math.random() * 100)}.${Math.floor(Math.random() * 250)}`;
}

const NAMESPACES = ['pid', 'mnt', 'net', 'uts', 'ipc'];

/** What exists because of one copy. */
export interface Traces {
  readonly pids: readonly number[];
  /** Such as `net:[4026532201]`, without those that are ours as well. */
  readonly namespaces: readonly string[];
  readonly devices: readonly string[];
}

export function tracesOf(pid: number, ip?: string): Traces {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const init = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  const namespaces = NAMESPACES.map((name) => readlinkSync(`/proc/${pid}/ns/${name}`));
  const ours = NAMESPACES.map((name) => readlinkSync(`/proc/self/ns/${name}`));
  return {
    pids: [pid, init],
    namespaces: namespaces.filter((namespace) => !ours.includes(namespace)),
    devices: ip ? [deviceTo(ip)] : [],
  };
}

/** The network device that leads to an address. proc(5): /proc/net/route, little-endian hex. */
function deviceTo(ip: string): string {
  const address = ip
    .split('.')
    .reverse()
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  const line = readFileSync('/proc/net/route', 'utf8')
    .split('\n')
    .find((route) => route.split('\t')[1] === address);
  if (!line) throw new Error(`no route to ${ip}`);
  return line.split('\t')[0] as string;
}

/** What of it is still there, by names; the kernel takes network namespaces apart by and by. */
export async function leftOvers(traces: readonly Traces[]): Promise<string[]> {
  let left: string[] = [];
  for (let tries = 0; tries < 500; tries++) {
    left = [
      ...traces.flatMap(({ pids }) => pids.filter((pid) => existsSync(`/proc/${pid}`)).map(String)),
      ...traces.flatMap(({ devices }) => devices.filter((d) => existsSync(`/sys/class/net/${d}`))),
    ];
    if (left.length === 0) left = namespacesLeft(traces.flatMap(({ namespaces }) => namespaces));
    if (left.length === 0) return left;
    await sleep(20);
  }
  return left;
}

/** Namespaces that a process is in, or that are mounted somewhere. */
function namespacesLeft(gone: readonly string[]): string[] {
  const used = new Set<string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const name of NAMESPACES) {
      try {
        used.add(readlinkSync(`/proc/${pid}/ns/${name}`));
      } catch {
        // It ended meanwhile.
      }
    }
  }
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
  return gone.filter((namespace) => used.has(namespace) || mounts.includes(namespace));
}
