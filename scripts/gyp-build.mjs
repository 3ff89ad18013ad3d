// @ts-check
// Builds addon and launcher with node-gyp, from the sources that cmake-js builds.
//   node scripts/gyp-build.mjs [--into DIR]
// Both tools write to `build/`; with --into, DIR gets links to the sources and its own `build/`.
import { existsSync, lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './bootstrap/run.mjs';
import { attach } from './child.mjs';

const SOURCES = ['native', 'binding.gyp', 'package.json', 'node_modules'];

/** A directory that has include/node: node-gyp would download headers otherwise. */
function nodeDirectory() {
  const places = [
    process.env.npm_config_nodedir,
    dirname(dirname(process.execPath)),
    resolve(ROOT, 'test/node-versions/node_modules/node-20'),
  ];
  return places.find((place) => place && existsSync(join(place, 'include/node/common.gypi')));
}

/** @param {string} directory */
function linkSources(directory) {
  mkdirSync(directory, { recursive: true });
  for (const name of SOURCES) {
    const link = join(directory, name);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(join(ROOT, name), link);
  }
}

const { values } = parseArgs({ options: { into: { type: 'string' } } });
const directory = resolve(ROOT, values.into ?? '.');
if (values.into) linkSources(directory);
const headers = nodeDirectory();
process.exitCode = await attach(process.execPath, [
  join(ROOT, 'node_modules/node-gyp/bin/node-gyp.js'),
  'configure',
  'build',
  '--jobs=2',
  `--directory=${directory}`,
  ...(headers ? [`--nodedir=${headers}`] : []),
]);
