// @ts-check
// What a dump costs: `criu dump` by hand against `tubthump checkpoint`, of one process, in turns.
//   node benchmarks/dump.mjs [--samples 10] [--heaps 18,36,250,2000] [--pause 0] [--json FILE]
// --pause: seconds before each dump. Where the host takes back what a virtual machine has freed, a
// dump that comes right after the files of the one before were deleted finds pages, and one that
// comes later gets them from the host: writing 2 GB took 0.7 s at once and 3.4 s after 12 s. Ours
// comes later by itself, for the heap is made ready first; a pause makes that the same for all.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { machineFacts } from '../dist/bench/machine.js';
import { serviceAt } from '../dist/checkpoint/descendants.js';
import { untilReady } from '../dist/checkpoint/ready.js';
import { launcherPath } from '../dist/native/package.js';
import { renderDump } from './dump/table.mjs';
import { ways } from './dump/ways.mjs';
import { criu, SCRATCH } from './programs.mjs';
import { HEAP_SERVICE } from './workloads.mjs';

/** Orders that make an image of so many MB, about. */
const ORDERS = { 18: 0, 36: 29_000, 250: 390_000, 2000: 3_400_000 };

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '10' },
    heaps: { type: 'string', default: '18,36,250' },
    pause: { type: 'string', default: '0' },
    json: { type: 'string' },
  },
});
const samples = Number(values.samples);
if (!Number.isInteger(samples) || samples < 1) throw new Error('--samples takes a positive number');
const pause = Number(values.pause);
if (!(pause >= 0)) throw new Error('--pause takes seconds');
const heaps = values.heaps.split(',').map((heap) => {
  const orders = ORDERS[/** @type {keyof typeof ORDERS} */ (Number(heap))];
  if (orders === undefined) throw new Error(`--heaps ${heap}: none of ${Object.keys(ORDERS)}`);
  return { heap, orders };
});

const { path, version } = await criu();
const scratch = mkdtempSync(join(SCRATCH, 'dump-'));
const results = [];
try {
  for (const { heap, orders } of heaps) results.push({ heap, ways: await measure(orders) });
} finally {
  rmSync(scratch, { recursive: true });
}
const machine = machineFacts(version, [process.execPath]);
const result = { machine, options: { samples, pause }, results };
console.log(renderDump(result));
if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);

/**
 * @typedef {import('./dump/ways.mjs').Sample} Sample
 */

/** @param {number} orders */
async function measure(orders) {
  const command = ['run', '--', process.execPath, '--max-old-space-size=8192', HEAP_SERVICE];
  const launcher = spawn(launcherPath(), command, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, HEAP_OBJECTS: String(orders) },
  });
  try {
    const root = /** @type {number} */ (launcher.pid);
    await untilReady(root, { timeoutMs: 120_000, assertAlive: () => undefined });
    const rows = ways(path).map((way) => ({ ...way, samples: /** @type {Sample[]} */ ([]) }));
    // The first round counts for nothing: our own dump collects garbage and gives memory back.
    for (let round = -1; round < samples; round++) {
      // Whoever is first is not always the same.
      const order = rows.map((_, index) => rows[(index + round + 1) % rows.length]);
      for (const row of order.reverse()) {
        await setTimeout(pause * 1000);
        const sample = await row?.dump(serviceAt(root), scratch);
        if (round >= 0 && sample) row?.samples.push(sample);
      }
    }
    return rows.map(({ id, title, samples }) => ({ id, title, samples }));
  } finally {
    launcher.kill();
    if (launcher.exitCode === null) await once(launcher, 'exit');
  }
}
