import { execFileSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { PrivateApt } from '../../../src/criu/provide/private-apt.js';
import { systemMirror } from '../../../src/criu/provide/sources/mirror.js';
import { temporaryDirectory } from '../fixtures.js';

test('a disk that fills up in the middle is named as the cause', async () => {
  const directory = temporaryDirectory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tubthump-test', directory]);
  onTestFinished(() => void execFileSync('umount', [directory]));
  const apt = new PrivateApt(directory, systemMirror());
  await expect(apt.update()).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_SETUP_SPACE' });
}, 60_000);

test('a mirror that cannot be reached is named as the cause', async () => {
  // Nothing listens on port 1 of this machine.
  const mirror = { uri: 'http://127.0.0.1:1/debian', signedBy: undefined };
  const apt = new PrivateApt(temporaryDirectory(), mirror);
  await expect(apt.update()).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_SETUP_NETWORK' });
}, 60_000);

test('a mirror signed by a key that is not ours is not trusted', async () => {
  const { uri } = systemMirror();
  const apt = new PrivateApt(temporaryDirectory(), { uri, signedBy: '/dev/null' });
  await expect(apt.update()).rejects.toMatchObject({ code: 'ERR_TUBTHUMP_SETUP_UNTRUSTED' });
}, 60_000);
