import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, script } from '../criu/fixtures.js';

/** A network namespace that stands for a machine, with its own CRIU. */
export interface Host {
  /** Path of the namespace. */
  readonly namespace: string;
  /** Where the other one reaches it. */
  readonly address: string;
  readonly criu: CriuClient;
  /** Executes a program there. @returns what it prints */
  run(program: string, ...args: readonly string[]): string;
}

/** Two hosts with a cable between them, removed after the test. */
export async function startHosts(): Promise<[Host, Host]> {
  const names = ['a', 'b'].map((letter) => `tubthump-${process.pid}-${letter}`);
  const [first, second] = names as [string, string];
  for (const name of names) {
    execFileSync('ip', ['netns', 'add', name]);
    onTestFinished(() => void execFileSync('ip', ['netns', 'del', name]));
  }
  const pair = ['type', 'veth', 'peer', 'name', 'cable', 'netns', second];
  execFileSync('ip', ['-n', first, 'link', 'add', 'cable', ...pair]);
  const hosts = [await host(first, '10.213.7.1'), await host(second, '10.213.7.2')];
  return hosts as [Host, Host];
}

async function host(name: string, address: string): Promise<Host> {
  const ip = (...args: string[]) => execFileSync('ip', ['-n', name, ...args]);
  ip('addr', 'add', `${address}/24`, 'dev', 'cable');
  for (const device of ['cable', 'lo']) ip('link', 'set', device, 'up');
  const namespace = `/run/netns/${name}`;
  // Only the network: CRIU has to be in the mount and pid namespace of what it dumps.
  const criu = script(`exec nsenter --net=${namespace} ${await realCriu()} "$@"`);
  return {
    ...{ namespace, address },
    criu: new CriuClient({ criu }),
    run: (program, ...args) =>
      execFileSync('nsenter', [`--net=${namespace}`, program, ...args], { encoding: 'utf8' }),
  };
}
