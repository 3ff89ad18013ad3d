import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plans } from '../../benchmarks/plans.mjs';
import type { Trial } from '../../src/bench/trial.js';
import { criuLazyPages, trials } from '../../src/bench/trials.js';
import { temporaryDirectory } from '../integration/harness.js';

const tables: (readonly Trial[])[] = [
  trials,
  ...Object.values(plans).flatMap((plan) => plan.map((table) => table.trials)),
];

describe('trials', () => {
  it.each(tables.map((rows, index) => ({ index, rows })))(
    'of table $index have names of their own and are not compared with themselves',
    ({ rows }) => {
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      for (const { id, against } of rows) expect(Object.values(against)).not.toContain(id);
    },
  );

  it('are compared with rows on the same /run that nothing else is compared through', () => {
    const all = new Map(tables.flat().map((trial) => [trial.id, trial]));
    for (const trial of all.values()) {
      for (const image of ['map', 'eager'] as const) {
        const id = trial.against[image];
        if (!id) continue;
        const reference = all.get(id);
        expect(reference).toMatchObject({ kind: 'restore', image, channel: false });
        if (trial.kind === 'restore') {
          expect(reference?.run === 'tmpfs').toBe(trial.run === 'tmpfs');
        }
        expect(reference?.against[image]).toBeNull();
      }
    }
  });

  it('start the page server of CRIU first, then the restore in its place', () => {
    const directory = temporaryDirectory();
    const criu = join(directory, 'a criu');
    const said = join(directory, 'said');
    writeFileSync(criu, `#!/bin/sh\necho "$@" >> '${said}'\n`);
    chmodSync(criu, 0o755);
    const [program = '', ...args] = criuLazyPages.command({
      ...{ criu, image: '/im age', work: '/work', channelInode: 7 },
      ...{ launcher: '', cache: '', command: [], workload: undefined as never },
    });
    execFileSync(program, args);
    expect(readFileSync(said, 'utf8')).toBe(
      'lazy-pages -D /im age -W /work -d\n' +
        'restore --images-dir /im age --work-dir /work --inherit-fd fd[3]:socket:[7] --lazy-pages\n',
    );
  });
});
