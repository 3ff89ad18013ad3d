import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { errorOf, noneLeft } from '../rpc/fake-swrk.js';
import { parentOf, startService, startTarget, stateOf, until } from './criu-targets.js';

test('a copy gets our descriptor in place of a file that grew, and is our child', async () => {
  const client = new CriuClient({ criu: await realCriu() });
  const directory = temporaryDirectory();
  const [old, fresh] = [join(directory, 'old.log'), join(directory, 'fresh.log')];
  const target = await startTarget(old);
  const imagesDir = temporaryDirectory();
  await client.dump({ pid: target.pid, imagesDir });
  await target.gone;
  appendFileSync(old, 'written by somebody else\n');

  // Without it CRIU refuses: the reason why it is a must for standard output.
  const refused = await errorOf(client.restore({ imagesDir, rstSibling: true }));
  expect(refused.message).toContain('has bad size');
  expect(stateOf(target.pid)).toBe('');

  const fd = openSync(fresh, 'a');
  const inheritFd = [{ key: old.slice(1), fd }];
  const copy = await client.restore({ imagesDir, rstSibling: true, inheritFd });
  closeSync(fd);
  expect(parentOf(copy.pid)).toBe(process.pid);
  process.kill(copy.pid, 'SIGUSR1');
  await until(() => readFileSync(fresh, 'utf8') === 'alive\n');
  process.kill(copy.pid, 'SIGKILL');
  expect(await copy.waitForExit?.()).toEqual({ status: 0, signal: 9 });
  expect(await noneLeft()).toBe(true);
});

test('a restore over a copy that runs fails, and leaves that copy alone', async () => {
  const client = new CriuClient({ criu: await realCriu() });
  const target = await startTarget();
  const imagesDir = temporaryDirectory();
  await client.dump({ pid: target.pid, imagesDir });
  await target.gone;
  const copy = await client.restore({ imagesDir, rstSibling: true });
  const error = await errorOf(client.restore({ imagesDir, rstSibling: true }));
  expect(error.code).toBe('ERR_TUBTHUMP_RESTORE_FAILED');
  await until(() => stateOf(copy.pid) === 'S');
  process.kill(copy.pid, 'SIGKILL');
  expect(await copy.waitForExit?.()).toEqual({ status: 0, signal: 9 });
});

test('a restore that is aborted leaves no zombie', async () => {
  const client = new CriuClient({ criu: await realCriu() });
  const target = await startTarget();
  const imagesDir = temporaryDirectory();
  await client.dump({ pid: target.pid, imagesDir });
  await target.gone;
  const controller = new AbortController();
  const onNotify = ({ script }: { script: string }) => {
    if (script === 'post-restore') controller.abort();
  };
  const { signal } = controller;
  const error = await errorOf(client.restore({ imagesDir, rstSibling: true, signal, onNotify }));
  expect(error.code).toBe('ERR_TUBTHUMP_RPC_ABORTED');
  expect(stateOf(target.pid)).toBe('');
});

test('through a service both are refused, and the service is not asked', async () => {
  const client = new CriuClient({ service: await startService(await realCriu()) });
  const imagesDir = temporaryDirectory();
  for (const option of [{ rstSibling: true }, { inheritFd: [{ key: 'x', fd: 0 }] }]) {
    const error = await errorOf(client.restore({ imagesDir, ...option }));
    expect(error.code).toBe('ERR_TUBTHUMP_OPTIONS');
    expect(error.message).toContain('works only through swrk');
  }
});
