import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../process/run.js';
import type { Host } from './host.js';

export interface InstalledNode {
  /** Without `v`. */
  readonly version: string;
  readonly path: string;
}

/** The Node that runs this, and all others in PATH. */
export async function installedNodes(host: Host): Promise<InstalledNode[]> {
  const running = { version: host.facts.node, path: 'running' };
  const others = await Promise.all(binaries(host).map(examine));
  return [running, ...others.filter((node) => node !== null)];
}

function binaries({ facts }: Host): string[] {
  const directories = (facts.environment.PATH ?? '').split(delimiter).filter(Boolean);
  const paths = directories.map((directory) => join(directory, 'node')).filter(existsSync);
  const unique = new Set(paths.map((path) => realpathSync(path)));
  unique.delete(process.execPath);
  return [...unique];
}

async function examine(path: string): Promise<InstalledNode | null> {
  try {
    const { stdout } = await run(path, ['--version'], { timeoutMs: 5_000 });
    const version = /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    return version ? { version, path } : null;
  } catch {
    return null; // Something named node that cannot be started is no Node.
  }
}
