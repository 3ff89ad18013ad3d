import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { errorOf } from '../rpc/fake-swrk.js';
import { expectSameImages, startStill } from './criu-same-image.js';
import { stateOf, until } from './criu-targets.js';
import { endTree, restoreTree, startPerl } from './criu-trees.js';
import { Libcriu } from './libcriu.js';

const PROVIDE_MS = 180_000;
const NO_PROCESS = 4_194_303;

const criu = new CriuClient({ criu: await realCriu() });

const SLEEPER = 'open(F, "<", "/etc/passwd"); $x = "x" x (1 << 20); ready(); sleep 100000 while 1';

test('version, check and features are answered alike', { timeout: PROVIDE_MS }, async () => {
  const libcriu = await Libcriu.provide();
  const { major, minor, sublevel } = await criu.version();
  expect(libcriu.call('version')).toBe(major * 10_000 + minor * 100 + sublevel);
  expect(libcriu.call('check')).toBe(0);
  await criu.check();
  const { memTrack, lazyPages, pidfdStore } = await criu.featureCheck();
  const bits = Number(memTrack) | (Number(lazyPages) << 1) | (Number(pidfdStore) << 2);
  expect(libcriu.call('features')).toBe(bits);
});

test('both make the same image', { timeout: PROVIDE_MS }, async () => {
  const libcriu = await Libcriu.provide();
  const tree = await startStill();
  const [ours, theirs] = [temporaryDirectory(), temporaryDirectory()];
  const log = { logFile: 'libcriu.log' };
  await criu.dump({ pid: tree.pid, imagesDir: ours, leaveRunning: true, ...log });
  expect(libcriu.call('dump', tree.pid, theirs)).toBe(0);
  expectSameImages(ours, theirs);
});

test('what one dumped the other restores', { timeout: PROVIDE_MS }, async () => {
  const libcriu = await Libcriu.provide();
  const theirs = await startPerl(SLEEPER);
  const imagesDir = temporaryDirectory();
  expect(libcriu.call('dump', theirs.pid, imagesDir)).toBe(0);
  await endTree(theirs);
  expect((await restoreTree(criu, { imagesDir })).pid).toBe(theirs.pid);

  const ours = await startPerl(SLEEPER);
  const directory = temporaryDirectory();
  const pids = ours.pids();
  await criu.dump({ pid: ours.pid, imagesDir: directory });
  await ours.gone(pids);
  await until(() => libcriu.call('restore', directory) === ours.pid);
  await until(() => stateOf(ours.pid) === 'S');
});

test('both fail alike: its bare number, our reason', { timeout: PROVIDE_MS }, async () => {
  const libcriu = await Libcriu.provide();
  const [dumping, restoring] = [temporaryDirectory(), temporaryDirectory()];
  expect(libcriu.call('dump', NO_PROCESS, dumping)).toBeLessThan(0);
  expect(libcriu.call('restore', restoring)).toBeLessThan(0);
  const error = await errorOf(criu.dump({ pid: NO_PROCESS, imagesDir: temporaryDirectory() }));
  expect(readFileSync(join(dumping, 'libcriu.log'), 'utf8')).toContain('No such process');
  expect(error.message).toContain('No such process');
  const none = await errorOf(criu.restore({ imagesDir: temporaryDirectory() }));
  expect(readFileSync(join(restoring, 'libcriu.log'), 'utf8')).toContain('empty-image');
  expect(none.message).toContain('empty-image');
});
