// @ts-check
// What a second image of a service costs as a layer on the first one: `tubthump oci export --base`.
//   node benchmarks/layers.mjs [PRODUCTS]
// The service is examples/catalog with so many products (default: 1000). Prints the table of
// docs/oci.md. Takes about a minute.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { markdownTable } from 'markdown-table';
import { checkpointCopy } from './deduplicate/copy.mjs';

const PRODUCTS = Number(process.argv[2] ?? 1000);
if (!Number.isInteger(PRODUCTS) || PRODUCTS < 1) throw new Error('PRODUCTS is a positive number');
const launcher = resolve('build/Release/tubthump');
const service = resolve('examples/catalog/server.mjs');
const directory = mkdtempSync(join(tmpdir(), 'tubthump-layers-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}/`;
const env = {
  ...process.env,
  ...{ PORT: String(port), CATALOG_PRODUCTS: String(PRODUCTS), LOG_LEVEL: 'silent' },
};

/** Addresses and hashes that are the same in every process: less safe, more alike. */
const FIXED = ['setarch', '-R'];
const SEEDED = ['--hash-seed=1', '--random-seed=1'];

/** @type {Record<string, (name: string, before: string) => Promise<void>>} */
const ways = {
  'the same service, started anew': (name) => checkpoint(name, [process.execPath]),
  'the same, without address randomization (`setarch -R`)': (name) =>
    checkpoint(name, [...FIXED, process.execPath]),
  'the same, with V8 seeds fixed as well': (name) =>
    checkpoint(name, [...FIXED, process.execPath, ...SEEDED]),
  'a copy of the base, restored, asked 100 times, checkpointed': async (name, before) => {
    if (before === '') await checkpoint(name, [process.execPath]);
    else await checkpointCopy(before, name, { url, env, requests: 100 });
  },
};

try {
  const rows = [];
  for (const [index, [way, make]] of Object.entries(ways).entries()) {
    const [base, next] = [join(directory, `base-${index}`), join(directory, `next-${index}`)];
    await make(base, '');
    await make(next, base);
    const layout = join(directory, 'layout');
    const alone = tubthump('oci', 'export', next, `${layout}:alone-${index}`);
    const first = tubthump('oci', 'export', base, `${layout}:base-${index}`);
    const started = performance.now();
    const top = tubthump(
      ...['oci', 'export', next, `${layout}:next-${index}`],
      ...['--base', `${layout}:base-${index}`],
    );
    const seconds = (performance.now() - started) / 1000;
    rows.push([
      way,
      megabytes(first.pages * 4096),
      megabytes(alone.bytes),
      megabytes(top.bytes),
      `${((100 * top.basePages) / top.pages).toFixed(1)} %`,
      seconds.toFixed(1),
    ]);
  }
  const header = ['second image', 'memory, MB', 'alone, MB', 'on the base, MB', 'pages', 's'];
  console.log(markdownTable([header, ...rows], { align: ['l', 'r', 'r', 'r', 'r', 'r'] }));
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** @param {string} images @param {string[]} node */
async function checkpoint(images, node) {
  tubthump('checkpoint', '--images', images, '--warm', url, '--', ...node, service);
}

/** @param {string[]} args */
function tubthump(...args) {
  const [command] = args;
  const words = command === 'oci' ? [...args, '--json'] : args;
  const { status, stdout, stderr } = spawnSync(launcher, words, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`tubthump ${command}: ${stderr}`);
  return command === 'oci' ? JSON.parse(stdout) : undefined;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((closed) => server.close(closed));
  return port;
}
