// @ts-check
// What it costs when an image cannot be restored: time from the launcher's start to COMMAND's end,
// with COMMAND alone, with `tubthump run` and no image, and with images that cannot be restored.
//   node benchmarks/fallback.mjs [ROUNDS]
// Status 1 when one of them takes more than 50 ms longer than COMMAND alone.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ALLOWED_MS = 50;
const ROUNDS = Number(process.argv[2] ?? 40);
if (!Number.isInteger(ROUNDS) || ROUNDS < 1) throw new Error('ROUNDS is a positive whole number');
const launcher = resolve('build/Release/tubthump');
const service = resolve('benchmarks/services/heap.cjs');
const directory = mkdtempSync(join(tmpdir(), 'tubthump-fallback-'));

try {
  const good = join(directory, 'good');
  const make = ['checkpoint', '--images', good, '--', process.execPath, service];
  execFileSync(launcher, make, { stdio: ['ignore', 'ignore', 'inherit'] });
  const bad = (/** @type {string} */ name) => {
    const images = join(directory, name);
    cpSync(good, images, { recursive: true });
    return images;
  };
  const cut = bad('cut');
  truncateSync(join(cut, 'pages-1.img'), 4096);
  /** An image with something else in its manifest. */
  const saying = (/** @type {string} */ name, /** @type {object} */ changes) => {
    const manifest = join(bad(name), 'manifest.json');
    chmodSync(manifest, 0o600);
    const text = JSON.parse(readFileSync(manifest, 'utf8'));
    writeFileSync(manifest, JSON.stringify({ ...text, ...changes }));
    return join(directory, name);
  };
  // CRIU itself has to find this one: the longest way.
  const garbage = bad('garbage');
  const core = join(garbage, 'inventory.img');
  chmodSync(core, 0o600);
  writeFileSync(core, Buffer.alloc(readFileSync(core).length, 1));

  const command = ['/bin/true'];
  const run = (/** @type {string[]} */ ...options) => [
    launcher,
    'run',
    ...options,
    '--',
    ...command,
  ];
  /** @type {Record<string, string[]>} */
  const ways = {
    'COMMAND alone': command,
    'run, no image': run(),
    'image damaged': run('--images', cut),
    'other CPU': run('--images', saying('cpu', { cpuFeatures: ['none'] })),
    'other Node': run(
      '--images',
      saying('node', { requires: [{ path: process.execPath, size: 1 }] }),
    ),
    'capability missing': run(
      '--images',
      saying('capability', { capabilities: 'ffffffffffffffff' }),
    ),
    'pid taken': run('--images', saying('pid', { tasks: [process.pid] })),
    'damage that CRIU finds': run('--images', garbage),
    'no CRIU': run('--images', good, '--criu', '/no/criu'),
  };
  /** @type {Map<string, number[]>} */
  const samples = new Map(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, [program = '', ...args]] of Object.entries(ways)) {
      const started = performance.now();
      spawnSync(program, args);
      samples.get(name)?.push(performance.now() - started);
    }
  }
  console.log(`ms, median and maximum of ${ROUNDS}, median later than COMMAND alone`);
  let alone;
  for (const [name, values] of samples) {
    values.sort((a, b) => a - b);
    const [median = 0, most = 0] = [values[values.length >> 1], values.at(-1)];
    alone ??= median;
    const cells = [median, most, median - alone].map((ms) => ms.toFixed(1).padStart(7));
    console.log(`${name.padEnd(24)}${cells.join('')}`);
    if (median - alone > ALLOWED_MS) process.exitCode = 1;
  }
} finally {
  rmSync(directory, { recursive: true });
}
