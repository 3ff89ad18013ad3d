// @ts-check
// Many at once: time until all have answered, processor time and memory of each, for clones, for as
// many cold starts, and for as many plain `criu restore`.
//   node benchmarks/clones.mjs [--counts 1,8,16,64] [--samples 5] [--heap 230]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { median } from 'simple-statistics';
import { machineFacts } from '../dist/bench/machine.js';
import { launcherPath } from '../dist/native/package.js';
import { memoryOfAll, processorMs } from './clones/figures.mjs';
import { prepareWays } from './clones/ways.mjs';
import { criu } from './programs.mjs';

const { values } = parseArgs({
  options: {
    counts: { type: 'string', default: '1,8,16,64' },
    samples: { type: 'string', default: '5' },
    heap: { type: 'string', default: '230' },
  },
});
const counts = values.counts.split(',').map(Number);
const script = fileURLToPath(new URL('services/heap.mjs', import.meta.url));
process.env.HEAP_MB = values.heap;

const scratch = mkdtempSync(join(tmpdir(), 'tubthump-clones-'));
try {
  const image = join(scratch, 'image');
  const command = ['checkpoint', '--images', image, '--', process.execPath, script];
  execFileSync(launcherPath(), command, { stdio: 'ignore' });
  const ways = await prepareWays({ image, script, scratch });
  const rows = [];
  for (const count of counts) {
    for (const way of ways) rows.push(await measure(way, count, Number(values.samples)));
  }
  const head = [
    '',
    'copies',
    'ms until all answer',
    'CPU ms each',
    'private MB',
    'proportional MB',
  ];
  console.log(markdownTable([head, ...rows], { align: ['l', 'r', 'r', 'r', 'r', 'r'] }));
  console.log(JSON.stringify(machineFacts((await criu()).version, [process.execPath])));
} finally {
  rmSync(scratch, { recursive: true });
}

/**
 * @param {import('./clones/ways.mjs').Way} way
 * @param {number} count
 * @param {number} samples
 */
async function measure(way, count, samples) {
  /** @type {{ ms: number, cpu: number, own: number, proportional: number }[]} */
  const seen = [];
  for (let sample = 0; sample < samples; sample++) {
    const start = performance.now();
    const started = await way.start(count);
    await started.answered;
    const ms = performance.now() - start;
    const { own, proportional } = await memoryOfAll(started.pids());
    seen.push({ ms, cpu: processorMs(started.roots()) / count, own, proportional });
    await started.end();
  }
  const middle = (/** @type {'ms' | 'cpu' | 'own' | 'proportional'} */ name) =>
    median(seen.map((figures) => figures[name]));
  return [
    way.title,
    String(count),
    middle('ms').toFixed(0),
    middle('cpu').toFixed(0),
    middle('own').toFixed(1),
    middle('proportional').toFixed(1),
  ];
}
