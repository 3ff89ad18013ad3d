import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Processes that use files of a directory: mapped (a copy maps heap.img), open, or as their working
 * directory (a restore under way). Only those that we may look at; root sees all of its namespace.
 */
export async function usersOf(directory: string): Promise<number[]> {
  const image = { path: await realpath(directory), inodes: await inodesIn(directory) };
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const users: number[] = [];
  for (const pid of pids) if (await uses(pid, image)) users.push(pid);
  return users;
}

interface Image {
  readonly path: string;
  /** By file name: a process in another mount namespace may know the file by another path. */
  readonly inodes: ReadonlyMap<string, number>;
}

async function inodesIn(directory: string): Promise<Map<string, number>> {
  const names = await readdir(directory);
  const infos = names.map(async (name) => [name, (await stat(join(directory, name))).ino] as const);
  return new Map(await Promise.all(infos));
}

async function uses(pid: number, { path, inodes }: Image): Promise<boolean> {
  const isInside = (other: string) => other === path || other.startsWith(`${path}/`);
  try {
    for (const line of (await readFile(`/proc/${pid}/maps`, 'utf8')).split('\n')) {
      // proc(5): address, access, offset, device, inode, path.
      const [, inode, mapped = ''] = /^\S+ \S+ \S+ \S+ (\d+) +(\/.*)$/.exec(line) ?? [];
      const name = mapped.slice(mapped.lastIndexOf('/') + 1);
      if (isInside(mapped) || (inode && inodes.get(name) === Number(inode))) return true;
    }
    if (isInside(await readlink(`/proc/${pid}/cwd`))) return true;
    for (const fd of await readdir(`/proc/${pid}/fd`)) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (isInside(target)) return true;
    }
  } catch {
    // It has ended meanwhile, or is not ours to look at.
  }
  return false;
}
