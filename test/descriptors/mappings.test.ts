import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { judge } from '../../src/descriptors/judge.js';
import { listMappings } from '../../src/descriptors/mappings.js';

/** System calls of x86_64: shmget(IPC_PRIVATE), shmat, shmctl(IPC_RMID). */
const SEGMENT = `
$| = 1;
my $id = syscall(29, 0, 4096, 0600 | 01000);
syscall(30, $id, 0, 0) != -1 or die "shmat: $!";
syscall(31, $id, 0, 0);
print "attached\\n";
<STDIN>;
`;

const surroundings = { ours: new Set<number>(), peerIsOurs: () => true };
let child: ChildProcess | undefined;
afterEach(() => child?.stdin?.end());

describe('mappings', () => {
  it('include System V segments, which are refused', async () => {
    child = spawn('perl', ['-e', SEGMENT]);
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    const found = listMappings(`/proc/${child.pid}`);
    expect(found).toMatchObject([{ kind: 'shared-memory', target: 'System V segment 00000000' }]);
    expect(found.map((mapping) => judge(mapping, surroundings))).toMatchObject([
      { verdict: 'refused', code: 'ERR_TUBTHUMP_DESCRIPTORS' },
    ]);
  });

  it('of this process are none of deleted files', () => {
    expect(listMappings()).toEqual([]);
  });
});
