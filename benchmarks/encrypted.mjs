// @ts-check
// What encryption costs a restore: time from the launcher's start to the first answer of the copy, of
// one image as it is and encrypted, in turns.
//   node benchmarks/encrypted.mjs [--samples 20]
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { machineFacts } from '../dist/bench/machine.js';
import { ratioOfMedians, summarise } from '../dist/bench/statistics.js';
import { launcherPath } from '../dist/native/package.js';
import { criu, SCRATCH } from './programs.mjs';
import { catalog } from './workloads.mjs';

const PORT = 18_443;

const { values } = parseArgs({ options: { samples: { type: 'string', default: '20' } } });
const samples = Number(values.samples);
if (!Number.isInteger(samples) || samples < 1) throw new Error('--samples takes a positive number');

const scratch = mkdtempSync(join(SCRATCH, 'encrypted-'));
try {
  const [plain, sealed, key] = ['plain', 'sealed', 'key'].map((name) => join(scratch, name));
  if (!plain || !sealed || !key) throw new Error('unreachable');
  writeFileSync(key, randomBytes(32), { mode: 0o600 });
  const warm = `http://127.0.0.1:${PORT}${catalog.path}`;
  const make = ['checkpoint', '--images', plain, '--warm', warm, '--', ...catalog.command];
  const env = { ...process.env, ...catalog.environment, PORT: String(PORT) };
  execFileSync(launcherPath(), make, { stdio: ['ignore', 'ignore', 'inherit'], env });
  execFileSync(launcherPath(), ['encrypt', '--key', key, plain, sealed], { stdio: 'ignore' });
  /** @type {Record<string, { options: string[], ms: number[] }>} */
  const ways = {
    plain: { options: [plain], ms: [] },
    encrypted: { options: ['--key', key, sealed], ms: [] },
  };
  // The first round fills the page cache, and counts for nothing.
  for (let round = -1; round < samples; round++) {
    const order = Object.values(ways);
    for (const { options, ms } of round % 2 === 0 ? order : order.reverse()) {
      const took = await restore(options);
      if (round >= 0) ms.push(took);
    }
  }
  report(plain, ways.plain?.ms ?? [], ways.encrypted?.ms ?? []);
} finally {
  rmSync(scratch, { recursive: true });
}

/** @param {string[]} options */
async function restore(options) {
  const started = performance.now();
  const args = ['restore', ...options];
  const child = spawn(launcherPath(), args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`restore ended with status ${child.exitCode}`);
    await sleep(1);
  }
  const took = performance.now() - started;
  child.kill('SIGTERM');
  await ended;
  return took;
}

/** @returns {Promise<boolean>} */
function answers() {
  return new Promise((resolve) => {
    const request = get({ port: PORT, path: catalog.path, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
    });
    request.on('error', () => resolve(false));
  });
}

/**
 * @param {string} images
 * @param {number[]} plain
 * @param {number[]} encrypted
 */
function report(images, plain, encrypted) {
  const { bytes } = JSON.parse(readFileSync(join(images, 'manifest.json'), 'utf8'));
  const ratio = ratioOfMedians(encrypted, plain, 'encrypted');
  console.log(JSON.stringify({ bytes, plain: summarise(plain), encrypted: summarise(encrypted) }));
  console.log(`encrypted / plain: ${JSON.stringify(ratio)}`);
}

const { version } = await criu();
console.log(JSON.stringify(machineFacts(version, [process.execPath])));
