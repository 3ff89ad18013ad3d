// @ts-check
// What a dump costs: `criu dump` by hand against `tubthump checkpoint`, of one process, in turns.
//   node benchmarks/dump.mjs [--samples 10] [--heaps 18,36,250,2000] [--json FILE]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { machineFacts } from '../dist/bench/machine.js';
import { ratioOfMedians, summarise } from '../dist/bench/statistics.js';
import { serviceAt } from '../dist/checkpoint/descendants.js';
import { untilReady } from '../dist/checkpoint/ready.js';
import { launcherPath } from '../dist/native/package.js';
import { ways } from './dump/ways.mjs';
import { criu, SCRATCH } from './programs.mjs';
import { HEAP_SERVICE } from './workloads.mjs';

/** Orders that make an image of so many MB, about. */
const ORDERS = { 18: 0, 36: 29_000, 250: 390_000, 2000: 3_400_000 };

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '10' },
    heaps: { type: 'string', default: '18,36,250' },
    json: { type: 'string' },
  },
});
const samples = Number(values.samples);
if (!Number.isInteger(samples) || samples < 1) throw new Error('--samples takes a positive number');
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
for (const result of results) report(result);
console.log(JSON.stringify(machine));
if (values.json) {
  const options = { samples, command: process.argv.slice(2) };
  writeFileSync(values.json, `${JSON.stringify({ machine, options, results }, null, 2)}\n`);
}

/**
 * @typedef {import('./dump/ways.mjs').Sample} Sample
 * @typedef {{ id: string, title: string, samples: Sample[] }} Row
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

/** @param {{ heap: string, ways: Row[] }} result */
function report({ heap, ways: rows }) {
  /** @type {[import('./dump/ways.mjs').Figure, string][]} */
  const columns = [
    ['before', 'asked → agent'],
    ['dump', 'dump and bake'],
    ['frozen', 'frozen'],
    ['fsync', 'fsync'],
    ['after', '→ answered'],
    ['all', 'all'],
  ];
  const [plain] = rows;
  const cells = rows.map(({ title, samples: taken }) => [
    title,
    ...columns.map(([figure]) => {
      const own = taken.flatMap((sample) => sample[figure] ?? []);
      if (own.length === 0) return '–';
      const { median, min } = summarise(own);
      return `${median.toFixed(0)} (${min.toFixed(0)})`;
    }),
    ...['dump', 'frozen', 'all'].map((name) => {
      const figure = /** @type {import('./dump/ways.mjs').Figure} */ (name);
      const of = (/** @type {Row | undefined} */ row) =>
        row?.samples.flatMap((sample) => sample[figure] ?? []) ?? [];
      const { ratio, low, high } = ratioOfMedians(
        of({ id: '', title, samples: taken }),
        of(plain),
        heap,
      );
      return `${ratio.toFixed(2)}× (${low.toFixed(2)} to ${high.toFixed(2)})`;
    }),
  ]);
  const head = ['ms', ...columns.map(([, title]) => title), 'dump ×', 'frozen ×', 'all ×'];
  console.log(`\n${heap} MB, median (fastest) of ${samples}:\n`);
  console.log(markdownTable([head, ...cells], { align: ['l', ...head.slice(1).map(() => 'r')] }));
}
