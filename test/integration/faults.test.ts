import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { askCheckpoint, askStatus } from '../../src/control/client.js';
import { criuCache } from '../../src/criu/cache.js';
import { candidates } from '../../src/criu/candidates.js';
import {
  end,
  exitOf,
  get,
  launch,
  SERVICE,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

const realCriu = candidates({ environment: process.env, cache: criuCache() })[0]?.path as string;
const mounts: string[] = [];

afterEach(() => {
  for (const mount of mounts.splice(0)) execFileSync('umount', [mount]);
});

/** A CRIU that runs shell code first; `$REAL` is the real one. */
function wrappedCriu(code: string): string {
  const path = join(temporaryDirectory(), 'criu');
  writeFileSync(path, `#!/bin/bash\nREAL=${realCriu}\n${code}\nexec $REAL "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

async function expectServing(service: Awaited<ReturnType<typeof startService>>, requests: number) {
  expect((await get(service.port, '/log')).requests).toBe(requests);
  await waitForOutput(service, new RegExp(`logged by request ${requests}`));
  expect(await askStatus(service.pid)).toMatchObject({ state: 'running', failures: 1 });
}

describe('a dump that fails leaves the service serving and no half image', () => {
  it('when the disk is full', async () => {
    const mount = temporaryDirectory();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mount]);
    mounts.push(mount);
    const service = await startService();
    await expect(askCheckpoint(service.pid, { images: join(mount, 'image') })).rejects.toThrow(
      /No space left|ENOSPC|space/i,
    );
    expect(readdirSync(mount)).toEqual([]);
    await expectServing(service, 2);
  });

  it('when CRIU is killed in the middle of it', async () => {
    const parent = temporaryDirectory();
    const service = await startService();
    // With CRIU stopped, killed only where the service survives it: mm-*.img is opened when CRIU's
    // parasite serves in the main thread, which then goes on by itself when its socket is closed.
    // Before and after that, CRIU moves threads about by ptrace (state t), and nobody but CRIU could
    // give them their registers back.
    const criu = wrappedCriu(`
if [ "$1" = swrk ]; then
  $REAL "$@" & pid=$!
  exec 3>&-
  shopt -s nullglob
  state_of() { state=Z; read -r _ _ state _ < /proc/$1/stat; } 2>/dev/null
  while state_of $pid; [[ $state != [ZX] ]]; do
    images=(${parent}/.image.staging-*/mm-*.img)
    (( \${#images[@]} )) || continue
    kill -STOP $pid
    until state_of $pid; [[ $state == [TZX] ]]; do :; done
    state_of ${service.pid}
    if [[ $state != t ]]; then kill -KILL $pid; else kill -CONT $pid; fi
  done
  exit 1
fi`);
    let failure: string;
    do {
      failure = await askCheckpoint(service.pid, { images: join(parent, 'image'), criu }).then(
        () => 'made an image',
        (error) => error.message,
      );
    } while (failure === 'made an image');
    expect(failure).toMatch(/CRIU closed the connection without an answer/);
    expect(readdirSync(parent).filter((name) => name !== 'image')).toEqual([]);
    await expectServing(service, 2);
  });

  it('when the dump agent is killed, and the sockets that it kept are gone with it', async () => {
    const service = await startService();
    const images = join(temporaryDirectory(), 'image');
    const criu = wrappedCriu('if [ "$1" = swrk ]; then kill -KILL $PPID; exit 1; fi');
    await expect(askCheckpoint(service.pid, { images, criu })).rejects.toThrow(
      /ERR_TUBTHUMP_HANDOVER_LOST/,
    );
    expect(existsSync(images)).toBe(false);
    await expectServing(service, 2);
    await askCheckpoint(service.pid, { images });
    await end(service.child);
  });

  it('when a descriptor is refused, which is named', async () => {
    const parent = temporaryDirectory();
    const service = await startService([process.execPath, resolve('test/fixtures/connected.mjs')]);
    const failure = await askCheckpoint(service.pid, { images: join(parent, 'image') }).catch(
      (error) => error.message,
    );
    expect(failure).toMatch(/fd \d+ tcp-connected 127\.0\.0\.1:\d+ -> 127\.0\.0\.1:\d+/);
    expect(readdirSync(parent)).toEqual([]);
    await expectServing(service, 2);
  });

  it('when the CRIU that was named does not exist', async () => {
    const parent = temporaryDirectory();
    const service = await startService();
    await expect(
      askCheckpoint(service.pid, { images: join(parent, 'image'), criu: '/no/such/criu' }),
    ).rejects.toThrow(/no\/such\/criu/);
    expect(readdirSync(parent)).toEqual([]);
    await expectServing(service, 2);
  });
});

describe('an image that cannot be restored', () => {
  async function damaged(damage: (images: string) => void) {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService();
    await askCheckpoint(service.pid, { images, leaveRunning: false });
    await exitOf(service.child);
    damage(images);
    return { images, port: service.port };
  }

  const cut = (images: string) => truncateSync(join(images, 'pages-1.img'), 4096);

  it('is refused by restore with a code of its own', async () => {
    const { images } = await damaged(cut);
    const copy = launch(['restore', images]);
    expect((await exitOf(copy.child)).status).toBe(65);
    expect(copy.output()).toContain('ERR_TUBTHUMP_IMAGE_INVALID');
    expect(copy.output()).toContain('pages-1.img has 4096 bytes');
  });

  it('makes run start the service normally, with one line that says why', async () => {
    const { images, port } = await damaged(cut);
    const env = { PORT: String(port) };
    const run = launch(['run', '--images', images, '--', process.execPath, SERVICE], env);
    expect((await get(port)).requests).toBe(1);
    const lines = run
      .output()
      .split('\n')
      .filter((line) => line.startsWith('tubthump:'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/started normally.*pages-1\.img.*ERR_TUBTHUMP_IMAGE_INVALID/);
    await end(run.child);
  });

  it('makes run --no-fallback fail', async () => {
    const { images } = await damaged(cut);
    const run = launch([
      'run',
      '--images',
      images,
      '--no-fallback',
      '--',
      process.execPath,
      SERVICE,
    ]);
    expect((await exitOf(run.child)).status).toBe(65);
  });

  it('is refused when CRIU itself finds the damage, with its first real error', async () => {
    const { images } = await damaged((directory) => {
      const file = join(directory, 'inventory.img');
      const { mtimeMs } = statSync(file);
      chmodSync(file, 0o600);
      writeFileSync(file, Buffer.alloc(2, 1), { flag: 'r+' });
      // With the time that it had, as an archive would keep it, nobody sees that it was edited.
      const seconds = Math.floor(mtimeMs / 1000);
      utimesSync(file, seconds, seconds);
    });
    const copy = launch(['restore', images, '--json']);
    expect((await exitOf(copy.child)).status).toBe(70);
    const { error } = JSON.parse(copy.output());
    expect(error.code).toBe('ERR_TUBTHUMP_RESTORE_FAILED');
    expect(error.message).toMatch(/^\S+\.c:\d+: /);
    expect(error.log).toContain('Error (');
  });

  it('is refused when a pid that it needs is taken, which is named', async () => {
    const images = join(temporaryDirectory(), 'image');
    const service = await startService();
    await askCheckpoint(service.pid, { images, leaveRunning: true });
    const copy = launch(['restore', images]);
    expect((await exitOf(copy.child)).status).toBe(70);
    expect(copy.output()).toMatch(new RegExp(`needs pid ${service.pid}, which \`.*\` has`));
    expect(copy.output()).toContain('ERR_TUBTHUMP_PID_TAKEN');
    await end(service.child);
  });

  it('is missing: exit status 66', async () => {
    const copy = launch(['restore', join(temporaryDirectory(), 'nothing')]);
    expect((await exitOf(copy.child)).status).toBe(66);
    const empty = join(temporaryDirectory(), 'empty');
    mkdirSync(empty);
    const other = launch(['restore', empty]);
    expect((await exitOf(other.child)).status).toBe(66);
  });
});
