import { readFile } from 'node:fs/promises';

/** From this share of the limit on, a copy that goes on mapping memory may soon find none. */
const NEAR = 0.8;

/**
 * What is wrong when a process with so many mappings is restored here; undefined: nothing.
 * @param vmas of the dumped process; undefined: unknown
 * @param limit vm.max_map_count, sysctl/vm.rst
 */
export async function vmaWarning(
  vmas: number | undefined,
  limit: number | undefined = undefined,
): Promise<string | undefined> {
  if (vmas === undefined) return undefined;
  const most =
    limit ?? Number(await readFile('/proc/sys/vm/max_map_count', 'utf8').catch(() => Infinity));
  if (vmas < NEAR * most) return undefined;
  return `the service has ${vmas} of the ${most} mappings that vm.max_map_count allows: a copy may run out of them; raise it with sysctl`;
}
