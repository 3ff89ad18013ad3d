import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach } from 'vitest';

const made = new Set<string>();

afterEach(async () => {
  for (const directory of made) await remove(directory);
  made.clear();
});

/** Where the controller's hierarchy is mounted: version 1 or 2; undefined when there is none. */
function hierarchy(controller: string): string | undefined {
  for (const line of readFileSync('/proc/self/mounts', 'utf8').split('\n')) {
    const [, path = '', type, options = ''] = line.split(' ');
    if (type === 'cgroup' && options.split(',').includes(controller)) return path;
    const list = join(path, 'cgroup.controllers');
    if (type === 'cgroup2' && existsSync(list)) {
      if (readFileSync(list, 'utf8').split(/\s/).includes(controller)) return path;
    }
  }
  return undefined;
}

export const hasCgroup = (controller: string): boolean => hierarchy(controller) !== undefined;

/** Where a test may make cgroups with limits on it; no such directory is left by who makes them. */
export function cgroupHome(controller: string): string {
  const parent = hierarchy(controller) as string;
  if (existsSync(join(parent, 'cgroup.subtree_control'))) {
    writeFileSync(join(parent, 'cgroup.subtree_control'), `+${controller}`);
  }
  return parent;
}

/** Of cgroup v2, where no controller is needed; undefined when it is not mounted. */
export function unifiedHierarchy(): string | undefined {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  return mounts.map((line) => line.split(' ')).find(([, , type]) => type === 'cgroup2')?.[1];
}

/**
 * A cgroup of the test's own with a limit, removed after the test.
 * @param files names of the limit's file, version 1 and 2; the first that is there is written
 * @returns a command that runs another one in it
 */
export function limited(controller: string, files: readonly string[], limit: number): string[] {
  const directory = join(cgroupHome(controller), `tubthump-test-${process.pid}-${made.size}`);
  mkdirSync(directory);
  made.add(directory);
  const file = files.map((name) => join(directory, name)).find(existsSync);
  writeFileSync(file as string, String(limit));
  return ['sh', '-c', `echo $$ > ${directory}/cgroup.procs && exec "$@"`, 'sh'];
}

async function remove(directory: string): Promise<void> {
  for (let tries = 0; existsSync(directory); tries++) {
    try {
      rmdirSync(directory);
    } catch (error) {
      if (tries > 200) throw error;
      await sleep(20);
    }
  }
}

/** Runs a command without one capability. */
export function without(capability: string): string[] {
  execFileSync('setpriv', ['--version'], { stdio: 'ignore' });
  return ['setpriv', `--bounding-set=-${capability}`];
}
