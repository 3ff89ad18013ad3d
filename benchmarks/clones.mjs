// @ts-check
// Many at once: time until all have answered, processor time and memory of each, for clones, for as
// many cold starts, and for as many plain `criu restore`. See HELP for what it takes.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machineFacts } from '../dist/bench/machine.js';
import { turns } from '../dist/bench/order.js';
import { memoryOfAll, ProcessorTime } from './clones/figures.mjs';
import { Networks } from './clones/networks.mjs';
import { renderClones } from './clones/table.mjs';
import { prepareWays } from './clones/ways.mjs';
import { criu, SCRATCH } from './programs.mjs';

/** @typedef {import('./clones/ways.mjs').Way} Way */

const HELP = `Usage: node benchmarks/clones.mjs [options]

  --counts A,B     numbers of copies (default: 1,8,16,64)
  --samples N      of each row (default: 10)
  --heap MB        of the service, in arrays that take half as much again (default: 165)
  --only REGEX     rows whose name matches: clone, cold, criu, fork
  --seed TEXT      order of rows (default: a new one each time)
  --json FILE      where to keep the raw samples
`;

const { values } = parseArgs({
  options: {
    counts: { type: 'string', default: '1,8,16,64' },
    samples: { type: 'string', default: '10' },
    heap: { type: 'string', default: '165' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Date.now()) },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** @param {number[]} counts */
async function measure(counts) {
  const script = fileURLToPath(new URL('services/heap.mjs', import.meta.url));
  process.env.HEAP_MB = values.heap;
  const scratch = mkdtempSync(join(SCRATCH, 'tubthump-clones-'));
  const networks = new Networks(Math.max(...counts));
  const time = new ProcessorTime();
  try {
    const given = { image: join(scratch, 'image'), script, scratch, networks: networks.all };
    const { ways, end } = await prepareWays(given);
    const files = readdirSync(given.image).map((name) => statSync(join(given.image, name)).size);
    const taken = await takeAll(ways, counts, time);
    await end();
    return { ...taken, imageMb: files.reduce((sum, size) => sum + size, 0) / 1e6 };
  } finally {
    time[Symbol.dispose]();
    networks[Symbol.dispose]();
    rmSync(scratch, { recursive: true });
  }
}

/**
 * @param {readonly Way[]} ways
 * @param {readonly number[]} counts
 * @param {ProcessorTime} time
 */
async function takeAll(ways, counts, time) {
  const machine = machineFacts((await criu()).version, [process.execPath]);
  const chosen = ways.filter(({ id }) => new RegExp(values.only).test(id));
  const cells = counts.flatMap((count) =>
    chosen.filter(({ most = count }) => count <= most).map((way) => ({ way, count })),
  );
  // Files come into the page cache with a sample of each that does not count.
  for (const way of chosen) await take(way, 1, time);
  const samples = [];
  const order = turns({ trials: cells, samples: Number(values.samples) }, values.seed);
  for (const { trial, round } of order) {
    const { way, count } = trial;
    const sample = { copies: count, way: way.id, round, ...(await take(way, count, time)) };
    console.error(`${count} × ${way.id}, ${round + 1}: ${sample.ms?.toFixed(0)} ms`);
    samples.push(sample);
  }
  const options = { samples: Number(values.samples), heap: Number(values.heap), seed: values.seed };
  const named = chosen.map(({ id, title }) => ({ id, title }));
  return { options, machine, loadAfter: loadavg(), ways: named, samples };
}

/**
 * @param {Way} way
 * @param {number} count
 * @param {ProcessorTime} time
 */
async function take(way, count, time) {
  const [start, used] = [performance.now(), time.ms];
  const started = await way.start(count);
  await started.answered;
  const ms = performance.now() - start;
  const cpuMs = used === undefined ? undefined : ((time.ms ?? 0) - used) / count;
  const memory = await memoryOfAll(started.pids());
  await started.end();
  return rounded({ ms, cpuMs, ...memory });
}

/** @param {Readonly<Record<'ms' | 'privateMb' | 'proportionalMb', number>> & { cpuMs: number | undefined }} figures */
function rounded({ ms, cpuMs, privateMb, proportionalMb }) {
  const short = (/** @type {number} */ value) => Number(value.toFixed(2));
  return {
    ms: short(ms),
    ...(cpuMs === undefined ? {} : { cpuMs: short(cpuMs) }),
    ...{ privateMb: short(privateMb), proportionalMb: short(proportionalMb) },
  };
}

if (values.help) {
  console.log(HELP);
} else {
  const result = await measure(values.counts.split(',').map(Number));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 1)}\n`);
  console.log(renderClones(result));
}
