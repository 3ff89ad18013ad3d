// @ts-check
// Puts the generated RPC codec into dist/: tsc leaves .js and .d.ts files alone.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bootstrap/run.mjs';

const GENERATED = 'rpc/generated';
cpSync(join(ROOT, 'src', GENERATED), join(ROOT, 'dist', GENERATED), { recursive: true });
