import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { askCheckpoint, askState } from '../../src/control/client.js';
import { criuCache } from '../../src/criu/cache.js';
import { candidates } from '../../src/criu/candidates.js';
import { end, exitOf, launch, startService, temporaryDirectory, waitForOutput } from './harness.js';

const realCriu = candidates({ environment: process.env, cache: criuCache() })[0]?.path as string;
const COMMAND = [process.execPath, resolve('test/fixtures/misbehaving.mjs')];

/** A CRIU that waits until it is let go, so that there is something to see. */
function waitingCriu() {
  const directory = temporaryDirectory();
  const [path, lock] = [join(directory, 'criu'), join(directory, 'lock')];
  writeFileSync(lock, '');
  const wait = `while [ -e ${lock} ]; do sleep 0.02; done`;
  writeFileSync(path, `#!/bin/sh\n${wait}\nexec ${realCriu} "$@"\n`);
  chmodSync(path, 0o755);
  return { path, letGo: () => rmSync(lock) };
}

it('a checkpoint that is under way is visible: in its hooks, and while nobody can answer', async () => {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService(COMMAND, [], { HOOK: 'slow' });
  const criu = waitingCriu();
  const made = askCheckpoint(service.pid, { images, criu: criu.path });
  await waitForOutput(service, /hook begins/);
  expect(await askState(service.pid)).toMatchObject({
    state: 'checkpointing',
    resources: ['servers/misbehaving'],
  });
  const frozen = { pid: service.pid, state: 'checkpointing' };
  await expect.poll(() => askState(service.pid)).toEqual(frozen);
  // By the pid of its launcher, as a user has it.
  const status = launch(['status', '--pid', `${service.child.pid}`, '--json']);
  await exitOf(status.child);
  expect(JSON.parse(status.output())).toEqual(frozen);

  criu.letGo();
  await made;
  expect(await askState(service.pid)).toMatchObject({ state: 'running', start: 'started' });
  await end(service.child);
});
