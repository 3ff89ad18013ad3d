// @ts-check
import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir, release } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { run } from './run.mjs';
import { unlessDone } from './stamp.mjs';

/**
 * Runs `tubthump setup`, unless it was run on this kernel, in this boot, and chose the CRIU that is
 * still there: what it proved then holds now.
 *
 * @param {{ tests: boolean }} options with tests, CRIU's own protocol definition is fetched, too
 */
export function setUpCriu({ tests }) {
  const args = tests ? ['setup', '--with-proto'] : ['setup'];
  return unlessDone({
    name: tests ? 'criu-tests' : 'criu',
    inputs: [],
    facts: () => [release(), bootId(), process.env.TUBTHUMP_CRIU ?? '', cache(), identity()],
    outputs: ['build/Release/tubthump'],
    work: () => run('build/Release/tubthump', args),
  });
}

function bootId() {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** As src/criu/cache.ts has it. */
function cache() {
  const xdg = process.env.XDG_CACHE_HOME;
  const directory = xdg && isAbsolute(xdg) ? xdg : join(process.env.HOME || homedir(), '.cache');
  return join(directory, 'tubthump');
}

/** The binary that setup chose, by path, size and time of change. */
function identity() {
  const chosen = join(cache(), 'criu.path');
  if (!existsSync(chosen)) return 'none';
  const path = readFileSync(chosen, 'utf8').trim();
  if (!existsSync(path)) return 'none';
  const { size, mtimeMs } = statSync(path);
  return `${path} ${size} ${mtimeMs}`;
}
