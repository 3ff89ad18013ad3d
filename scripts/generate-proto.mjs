// @ts-check
// Makes from our protocol definitions what the library loads:
//   src/rpc/generated/     from proto/rpc.proto: encoder, decoder and their types
//   src/images/generated/  from proto/images/: the messages of image files as data, for protobufjs to
//                          compile when they are asked for. As code they would be 1.5 MB.
//   node scripts/generate-proto.mjs [--check]
// With --check nothing is written: fails when the files are not what the definition yields.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './bootstrap/run.mjs';

// No reflection-like extras: only what the client calls.
const STATIC = [
  ...['-t', 'static-module', '-w', 'esm', '-d', '--root', 'tubthump-rpc', '--force-number'],
  ...['--no-create', '--no-verify', '--no-convert', '--no-delimited', '--no-typeurl'],
];
const IMAGES = 'proto/images';
const OUTPUTS = [
  {
    from: ['proto/rpc.proto'],
    into: 'src/rpc/generated',
    files: ['rpc.js', 'rpc.d.ts'],
    options: STATIC,
  },
  {
    from: readdirSync(join(ROOT, IMAGES))
      .filter((name) => name.endsWith('.proto'))
      .sort()
      .map((name) => join(IMAGES, name)),
    into: 'src/images/generated',
    files: ['images.json'],
    options: ['-t', 'json', '--keep-case', '-p', IMAGES],
  },
];

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const directory = mkdtempSync(join(tmpdir(), 'tubthump-proto-'));
try {
  for (const output of OUTPUTS) {
    const { from, files, options } = output;
    const args = ['node_modules/protobufjs-cli/bin/pbjs', ...options];
    args.push('-o', join(directory, String(files[0])), ...from);
    execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
    process.exitCode = (values.check ? check(output) : publish(output)) || process.exitCode;
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** @param {typeof OUTPUTS[number]} output */
function publish({ into, files }) {
  mkdirSync(join(ROOT, into), { recursive: true });
  for (const file of files) writeFileSync(join(ROOT, into, file), made(file));
  return 0;
}

/** @param {typeof OUTPUTS[number]} output */
function check({ from, into, files }) {
  const stale = files.filter((file) => text(join(ROOT, into, file)) !== made(file));
  for (const file of stale) {
    console.error(`${into}/${file} is not what ${from[0]} yields: run npm run build:proto`);
  }
  return stale.length === 0 ? 0 : 1;
}

/** @param {string} file */
function made(file) {
  return readFileSync(join(directory, file), 'utf8');
}

/** @param {string} path */
function text(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
