import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeCriu, realCriu, temporaryDirectory } from '../../criu/fixtures.js';
import { runCli } from '../run-cli.js';

test('takes the CRIU that it is given, and writes down where it is', async () => {
  const cache = temporaryDirectory();
  const criu = await realCriu();
  const { status, stdout } = runCli(['setup', '--criu', criu], { XDG_CACHE_HOME: cache });
  expect(status).toBe(0);
  expect(stdout).toContain(`at ${criu} (option)`);
  expect(stdout).toMatch(/^probe: dumped in \d+ ms, restored in \d+ ms$/m);
  expect(readFileSync(join(cache, 'tubthump/criu.path'), 'utf8')).toBe(`${criu}\n`);
});

test('tells as JSON what it took and what it passed over', async () => {
  const criu = await realCriu();
  const liar = fakeCriu('exit 1');
  const { stdout } = runCli(['setup', '--criu', liar, '--json'], {
    XDG_CACHE_HOME: temporaryDirectory(),
    TUBTHUMP_CRIU: criu,
  });
  expect(JSON.parse(stdout)).toMatchObject({
    criu: { path: criu, source: 'TUBTHUMP_CRIU' },
    refused: [{ path: liar, reason: expect.stringContaining('fails the probe at dump') }],
  });
});

test('works without root as far as that goes: CRIU is unpacked, and the probe says what is missing', () => {
  // Another user may not be able to read the directory of this repository.
  const directory = temporaryDirectory();
  chmodSync(directory, 0o755);
  for (const path of ['dist', 'package.json', 'build/Release/tubthump']) {
    cpSync(path, join(directory, path), { recursive: true });
  }
  const home = join(directory, 'home');
  mkdirSync(home);
  chmodSync(home, 0o777);
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(directory, 'dist/cli/main.js'), 'setup'],
    {
      cwd: '/',
      uid: 65534,
      gid: 65534,
      env: { PATH: process.env.PATH, HOME: home },
      encoding: 'utf8',
    },
  );
  expect(stderr).toContain('ERR_TUBTHUMP_CRIU_PROBE');
  expect(status).toBe(69);
  expect(existsSync(join(home, '.cache/tubthump/criu/current/usr/sbin/criu'))).toBe(true);
  expect(existsSync(join(home, '.cache/tubthump/criu.path'))).toBe(false);
}, 120_000);
