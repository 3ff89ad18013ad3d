// @ts-check
// Makes dist/ what src/ is: adds what is generated (tsc leaves .js, .d.ts and .json files alone), and
// takes away what an earlier build left of modules that are gone, or an import of one would work here
// and nowhere else.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bootstrap/run.mjs';

for (const generated of ['rpc/generated', 'images/generated'])
  cpSync(join(ROOT, 'src', generated), join(ROOT, 'dist', generated), { recursive: true });

for (const file of readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' })) {
  const module = file.replace(/\.d\.ts$|\.js$/, '');
  if (module !== file && !hasSource(module)) rmSync(join(ROOT, 'dist', file));
}

/** @param {string} module its path without the ending */
function hasSource(module) {
  return ['.ts', '.js'].some((ending) => existsSync(join(ROOT, 'src', module + ending)));
}
