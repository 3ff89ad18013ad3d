// @ts-check
// The same load twice: once with cold starts, once with a pool of parked copies. Prints latencies,
// and writes latency.svg beside this file, or where the first argument says.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pool } from 'tubthump';
import { Gateway } from './gateway.mjs';
import { load } from './load.mjs';
import { plot } from './plot.mjs';
import { cold, parked } from './sources.mjs';

const file = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const LAUNCHER = file('../../build/Release/tubthump');
const SERVICE = file('service.mjs');
const LIMITS = { max: 6, perService: 4, idleMs: 700 };
const PORTS = { cold: 21_600, parked: 21_700 };

const scratch = mkdtempSync(join(tmpdir(), 'tubthump-gateway-'));
try {
  const image = join(scratch, 'image');
  const command = ['checkpoint', '--images', image, '--', process.execPath, SERVICE];
  execFileSync(LAUNCHER, command, { stdio: ['ignore', 'ignore', 'inherit'] });
  const started = await measure('cold starts', cold(SERVICE, PORTS.cold));

  const options = { parked: 2, max: LIMITS.max + 2, port: `${PORTS.parked}+` };
  const copies = pool(image, { ...options, stdio: 'ignore' });
  while (copies.parked < 2) await sleep(20);
  const restored = await measure('parked copies', parked(copies, PORTS.parked));
  await copies[Symbol.asyncDispose]();
  const target = process.argv[2] ?? file('latency.svg');
  writeFileSync(target, plot([started, restored]));
  console.log(`every request: ${target}`);
} finally {
  rmSync(scratch, { recursive: true });
}

/**
 * @param {string} name
 * @param {import('./gateway.mjs').Source} source
 */
async function measure(name, source) {
  const gateway = new Gateway(source, LIMITS);
  console.log(`${name} …`);
  const samples = await load(await gateway.listen());
  await sleep(2 * LIMITS.idleMs);
  const sorted = samples.map(({ latency }) => latency).sort((one, other) => one - other);
  const at = (/** @type {number} */ share) =>
    `${(sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0)} ms`;
  console.log(
    `${name}: ${sorted.length} requests, median ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, ` +
      `services 0 to ${gateway.most} to ${gateway.services}`,
  );
  gateway.close();
  return { name, samples };
}
