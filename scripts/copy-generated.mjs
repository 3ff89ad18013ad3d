// @ts-check
// Puts what is generated into dist/: tsc leaves .js, .d.ts and .json files alone.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bootstrap/run.mjs';

for (const generated of ['rpc/generated', 'images/generated'])
  cpSync(join(ROOT, 'src', generated), join(ROOT, 'dist', generated), { recursive: true });
