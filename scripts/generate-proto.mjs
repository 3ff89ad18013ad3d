// @ts-check
// Makes src/rpc/generated/ from proto/rpc.proto: encoder, decoder and their types.
//   node scripts/generate-proto.mjs [--check]
// With --check nothing is written: fails when the files are not what the definition yields.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './bootstrap/run.mjs';

const DEFINITION = 'proto/rpc.proto';
const INTO = 'src/rpc/generated';
const FILES = ['rpc.js', 'rpc.d.ts'];
// No reflection-like extras: only what the client calls.
const OPTIONS = [
  ...['--root', 'tubthump-rpc', '--force-number'],
  ...['--no-create', '--no-verify', '--no-convert', '--no-delimited', '--no-typeurl'],
];

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const directory = mkdtempSync(join(tmpdir(), 'tubthump-proto-'));
try {
  const out = join(directory, 'rpc.js');
  const pbjs = ['node_modules/protobufjs-cli/bin/pbjs', '-t', 'static-module', '-w', 'esm', '-d'];
  const args = [...pbjs, ...OPTIONS, '-o', out, DEFINITION];
  execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  process.exitCode = values.check ? check(directory) : publish(directory);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** @param {string} from */
function publish(from) {
  mkdirSync(join(ROOT, INTO), { recursive: true });
  for (const file of FILES) writeFileSync(join(ROOT, INTO, file), readFileSync(join(from, file)));
  return 0;
}

/** @param {string} from */
function check(from) {
  const stale = FILES.filter((file) => text(join(ROOT, INTO, file)) !== text(join(from, file)));
  for (const file of stale) {
    console.error(`${INTO}/${file} is not what ${DEFINITION} yields: run npm run build:proto`);
  }
  return stale.length === 0 ? 0 : 1;
}

/** @param {string} path */
function text(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
