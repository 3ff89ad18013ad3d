import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { temporaryDirectory } from '../criu/fixtures.js';
import { startTree, type Tree } from './criu-trees.js';

/** A program of whose memory nothing changes between two dumps. */
export async function startStill(): Promise<Tree> {
  const [source, program] = ['still.c', 'still'].map((name) => join(temporaryDirectory(), name));
  const code = `
    #include <stdio.h>
    #include <stdlib.h>
    #include <unistd.h>
    int main(void) { fclose(fopen(getenv("READY"), "w")); for (;;) pause(); }`;
  writeFileSync(source as string, code);
  execFileSync('cc', ['-o', program as string, source as string]);
  // Otherwise the kernel writes there on which processor it is.
  const env = { GLIBC_TUNABLES: 'glibc.pthread.rseq=0' };
  return await startTree(program as string, [], { env });
}

/** Of one process, dumped by two clients: the same files, with the same bytes. */
export function expectSameImages(ours: string, theirs: string): void {
  expect(readdirSync(ours).sort()).toEqual(readdirSync(theirs).sort());
  const stable = readdirSync(ours).filter(isStable);
  expect(stable.length).toBeGreaterThan(8);
  for (const name of stable) {
    const [one, other] = [readFileSync(join(ours, name)), readFileSync(join(theirs, name))];
    expect(one.equals(other), name).toBe(true);
  }
}

/** Not with times, registers or the log in it. */
function isStable(name: string): boolean {
  return name.endsWith('.img') && !/^(core|inventory|timens|cgroup)/.test(name);
}
