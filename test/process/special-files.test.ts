import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { run } from '../../src/process/run.js';
import { temporaryDirectory } from '../integration/harness.js';

const ours = (name: string) => pathToFileURL(`dist/${name}.js`).href;

/** Where Node loads a module from that is imported by way of a link, after `statement`. */
async function loadedFrom(statement: string) {
  const directory = temporaryDirectory();
  const real = join(directory, 'real');
  const link = join(directory, 'link');
  mkdirSync(real);
  symlinkSync(real, link);
  for (const name of ['first', 'second']) {
    writeFileSync(join(real, `${name}.mjs`), 'export const { url } = import.meta;');
  }
  const socket = join(directory, 'socket');
  const code = `
    import fs from 'node:fs';
    import { createServer } from 'node:net';
    import { kindOf } from '${ours('runtime/stdio/kind')}';
    import { listDescriptors } from '${ours('descriptors/list')}';
    import { removeSocket, statAt, statOf } from '${ours('process/special-files')}';
    import '${pathToFileURL(join(real, 'first.mjs'))}';
    const server = createServer();
    await new Promise((resolve) => server.listen('${socket}', resolve));
    const socket = '${socket}';
    ${statement}
    const { url } = await import('${pathToFileURL(join(link, 'second.mjs'))}');
    fs.writeSync(1, url);
    server.close();`;
  const command = ['--input-type=module', '--eval', code];
  const { stdout, stderr } = await run(process.execPath, command, { timeoutMs: 20_000 });
  return { stdout, stderr, real: pathToFileURL(join(real, 'second.mjs')).href };
}

// Were it not, special-files.ts would not be needed any more.
it('nodejs/node#51142 is there', async () => {
  const { stdout, real } = await loadedFrom('fs.statSync(socket);');
  expect(stdout).toMatch(/\/link\/second\.mjs$/);
  expect(stdout).not.toBe(real);
});

it.each([
  'statAt(socket);',
  'statOf(1);',
  'kindOf(1);',
  'listDescriptors();',
  'removeSocket(socket); removeSocket(socket);',
])('modules are found behind links after %s', async (statement) => {
  const { stdout, stderr, real } = await loadedFrom(statement);
  expect(stdout, stderr).toBe(real);
});
