// @ts-check
// clang-format over all C++: rewrites, or with --check fails on what it would rewrite.
import { execFileSync } from 'node:child_process';
import { attach } from './child.mjs';

const files = execFileSync('git', ['ls-files', 'native'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(cpp|h)$/.test(file));
const mode = process.argv.includes('--check') ? ['--dry-run', '--Werror'] : ['-i'];
process.exit(await attach('clang-format', [...mode, ...files]));
