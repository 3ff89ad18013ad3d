import { readdir, readFile, readlink, realpath } from 'node:fs/promises';

/**
 * Processes that use files of a directory: mapped (a copy maps heap.img), open, or as their working
 * directory (a restore under way). Only those that we may look at; root sees all of its namespace.
 */
export async function usersOf(directory: string): Promise<number[]> {
  const path = await realpath(directory);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const users: number[] = [];
  for (const pid of pids) if (await uses(pid, path)) users.push(pid);
  return users;
}

async function uses(pid: number, directory: string): Promise<boolean> {
  const isInside = (path: string) => path === directory || path.startsWith(`${directory}/`);
  try {
    const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
    // proc(5): address, access, offset, device, inode, path.
    if (maps.split('\n').some((line) => isInside(line.slice(line.indexOf('/'))))) return true;
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
