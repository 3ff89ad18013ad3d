import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RequestType } from '../../src/rpc/codec.js';
import { criu_req } from '../../src/rpc/generated/rpc.js';
import { CriuClient, type RequestName, type Response } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { errorOf, FAKE_SWRK } from '../rpc/fake-swrk.js';
import { expectSameImages, startStill } from './criu-same-image.js';
import { endTree, restoreTree, startPerl } from './criu-trees.js';

const criu = new CriuClient({ criu: await realCriu() });
const NO_PROCESS = 4_194_303;
const SLEEPER = 'open(F, "<", "/etc/passwd"); $x = "x" x (1 << 20); ready(); sleep 100000 while 1';

/** What go-criu 5.3 sent for pid 777 and the descriptor 3: see test/fixtures/go-criu.go. */
const SENT: Record<string, string> = JSON.parse(readFileSync('test/fixtures/go-criu.json', 'utf8'));

/** The same request, for another process and directory. go-criu adds nothing to its caller's options. */
async function goCriu(name: string, directory: string, pid?: number): Promise<Response> {
  const { type, opts } = criu_req.decode(Buffer.from(SENT[name] ?? '', 'hex'));
  const imagesDirFd = openSync(directory, 'r');
  onTestFinished(() => closeSync(imagesDirFd));
  const given = { ...opts, imagesDirFd, ...(pid !== undefined && { pid }) };
  return await criu.request({ type: RequestType[type] as RequestName, opts: given });
}

test('both send the same options; ours are always notified, and have the log for themselves', async () => {
  const imagesDir = temporaryDirectory();
  const environment = { FAKE_SWRK: 'iterations', FAKE_PAGES: '1' };
  const fake = new CriuClient({ criu: FAKE_SWRK, environment });
  const common = { imagesDir, logLevel: 2, logFile: 'go-criu.log' };
  const recorded = () => {
    const { type, opts } = criu_req.decode(readFileSync(join(imagesDir, 'request')));
    return criu_req.encode({ type, opts: { ...opts, imagesDirFd: 3 } }).finish();
  };
  const asBytes = (name: string) => Buffer.from(SENT[name] ?? '', 'hex');
  await fake.dump({ ...common, pid: 777, leaveRunning: true });
  expect(Buffer.from(recorded())).toEqual(asBytes('dump with a handler'));
  await fake.restore(common);
  const { opts } = criu_req.decode(recorded());
  expect(opts?.notifyScripts).toBe(true);
  const quiet = {
    type: RequestType.RESTORE,
    opts: { ...opts, imagesDirFd: 3, notifyScripts: null },
  };
  expect(Buffer.from(criu_req.encode(quiet).finish())).toEqual(asBytes('restore'));
});

test('both make the same image', async () => {
  const tree = await startStill();
  const [ours, theirs] = [temporaryDirectory(), temporaryDirectory()];
  const log = { logFile: 'go-criu.log' };
  await criu.dump({ pid: tree.pid, imagesDir: ours, leaveRunning: true, ...log });
  expect(await goCriu('dump', theirs, tree.pid)).toMatchObject({ success: true });
  expectSameImages(ours, theirs);
});

test('what one dumped the other restores', async () => {
  const tree = await startPerl(SLEEPER);
  const [theirs, ours] = [temporaryDirectory(), temporaryDirectory()];
  expect((await goCriu('dump', theirs, tree.pid)).success).toBe(true);
  await endTree(tree);
  expect((await restoreTree(criu, { imagesDir: theirs })).pid).toBe(tree.pid);

  await criu.dump({ pid: tree.pid, imagesDir: ours, leaveRunning: true });
  await endTree(tree);
  const { success, restore } = await goCriu('restore', ours);
  expect({ success, pid: restore?.pid }).toEqual({ success: true, pid: tree.pid });
});

test('both fail with the same number; it has the first line that was logged, we have the reason', async () => {
  const theirs = await goCriu('dump', temporaryDirectory(), NO_PROCESS);
  const ours = await errorOf(criu.dump({ pid: NO_PROCESS, imagesDir: temporaryDirectory() }));
  expect(theirs.success).toBe(false);
  // What go-criu makes its error of: often a line that says nothing.
  expect(theirs.crErrmsg).not.toBe('');
  expect(ours.errno ?? 0).toBe(theirs.crErrno);
  expect(ours.message).toContain('No such process');
});

test('a pre-dump that this kernel cannot make is refused by us before CRIU gives up on it', async () => {
  const { memTrack } = await criu.featureCheck();
  const tree = await startPerl(SLEEPER);
  const imagesDir = temporaryDirectory();
  const theirs = await goCriu('pre-dump', imagesDir, tree.pid).catch(() => ({ success: false }));
  expect(theirs.success).toBe(memTrack);
  if (memTrack) return;
  const ours = await errorOf(criu.preDump({ pid: tree.pid, imagesDir: temporaryDirectory() }));
  expect(ours.code).toBe('ERR_TUBTHUMP_KERNEL');
  expect(tree.pids()).toEqual([tree.pid]);
});
