// @ts-check
// One prepared service, a fresh copy of it for every test.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pool } from 'tubthump';

const file = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** @typedef {{ url: string, [Symbol.asyncDispose]: () => Promise<void> }} Fresh */

/**
 * Prepares the service once. `next()` is a copy that nobody has touched; tests of one file may run
 * at the same time.
 *
 * @param {string} script
 * @param {number} port of the first copy; the next ones count on
 */
export function prepare(script, port) {
  const directory = mkdtempSync(join(tmpdir(), 'tubthump-fresh-'));
  const image = join(directory, 'image');
  const launcher = file('../../build/Release/tubthump');
  const command = ['checkpoint', '--images', image, '--', process.execPath, script];
  execFileSync(launcher, command, { stdio: ['ignore', 'ignore', 'inherit'] });
  const copies = pool(image, { parked: 2, max: 10, port: `${port}+`, stdio: 'ignore' });
  return {
    /** @returns {Promise<Fresh>} */
    async next() {
      const copy = await copies.take();
      return {
        url: `http://127.0.0.1:${port + copy.number - 1}`,
        async [Symbol.asyncDispose]() {
          copy.kill('SIGKILL');
          await copy.exited;
        },
      };
    },
    async close() {
      await copies[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true });
    },
  };
}
