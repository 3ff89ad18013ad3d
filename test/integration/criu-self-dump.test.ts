import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { endCopy, startService, until } from './criu-targets.js';

test('a process dumps itself through a service; its copy sees the same call return', async () => {
  const service = await startService(await realCriu());
  const imagesDir = temporaryDirectory();
  const output = join(temporaryDirectory(), 'output');
  const said = () => (existsSync(output) ? readFileSync(output, 'utf8') : '');

  const fixture = resolve('test/fixtures/self-dump.mjs');
  // Later ones use io_uring unless the launcher starts them.
  const node = resolve('test/node-versions/node_modules/node-20/bin/node');
  const child = spawn(node, [fixture, service, imagesDir, output], {
    stdio: 'ignore',
    detached: true,
    env: {},
  });
  await until(() => said() !== '');
  expect(said()).toBe('dumped\n');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const { pid } = await new CriuClient({ service }).restore({ imagesDir });
  await until(() => said() === 'dumped\nrestored\n');
  await endCopy(pid);
});
