import { readSync } from 'node:fs';
import { expect, test } from 'vitest';
import { handle } from '../../src/rpc/handlers.js';
import type { NotifyHandlers } from '../../src/rpc/index.js';
import { Notification } from '../../src/rpc/notification.js';
import { temporaryDirectory } from '../criu/fixtures.js';
import { errorOf, fakeClient } from './fake-swrk.js';

/** Every script of CRIU 4.2 (criu/action-scripts.c) that comes over RPC, and its handler. */
const SCRIPTS: Record<string, keyof NotifyHandlers> = {
  'pre-dump': 'preDump',
  'post-dump': 'postDump',
  'pre-restore': 'preRestore',
  'post-restore': 'postRestore',
  'network-lock': 'networkLock',
  'network-unlock': 'networkUnlock',
  'setup-namespaces': 'setupNamespaces',
  'post-setup-namespaces': 'postSetupNamespaces',
  'pre-resume': 'preResume',
  'post-resume': 'postResume',
  'orphan-pts-master': 'orphanPtsMaster',
  'status-ready': 'statusReady',
  'query-ext-files': 'queryExtFiles',
};

test.each(Object.entries(SCRIPTS))('%s reaches %s, and no other', async (script, name) => {
  const called: unknown[] = [];
  const handlers = Object.fromEntries(
    Object.values(SCRIPTS).map((each) => [each, (about: unknown) => void called.push(each, about)]),
  );
  expect(await handle(handlers, new Notification({ script, pid: 7 }, [9]))).toEqual([]);
  const about = {
    setupNamespaces: { pid: 7 },
    postRestore: { pid: 7 },
    orphanPtsMaster: { fd: 9 },
  };
  expect(called).toEqual([name, (about as Record<string, unknown>)[name]]);
});

test('what a script of tomorrow is named reaches none', async () => {
  const nobody = new Proxy({}, { get: () => () => expect.unreachable() });
  expect(await handle(nobody, new Notification({ script: 'constructor' }, []))).toEqual([]);
});

test('a handler that throws fails the operation, with its error as the cause', async () => {
  const cause = new Error('the database is busy');
  const notify = { preDump: () => Promise.reject(cause) };
  const imagesDir = temporaryDirectory();
  const error = await errorOf(
    fakeClient('notify-until-refused').dump({ pid: 1, imagesDir, notify }),
  );
  expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_RPC_REFUSED', cause });
  expect(error.message).toContain('`pre-dump` failed: the database is busy');
});

test('a descriptor that no handler wants is left to be closed', async () => {
  const notification = new Notification({ script: 'orphan-pts-master' }, [77]);
  await handle({}, notification);
  expect(notification.takeDescriptors()).toEqual([77]);
  expect(() => readSync(77, Buffer.alloc(1))).toThrow('EBADF');
});
