// @ts-check
import { run } from './run.mjs';
import { unlessDone } from './stamp.mjs';

/** Compiles src/ to dist/, and copies the generated RPC codec, which tsc leaves alone. */
export function buildTypeScript() {
  return unlessDone({
    name: 'typescript',
    inputs: ['src', 'proto', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    outputs: ['dist/index.js', 'dist/cli/main.js', 'dist/rpc/generated/rpc.js'],
    work: () => run('npm', ['run', 'build:ts']),
  });
}
