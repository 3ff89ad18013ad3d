import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import {
  adopt,
  collect,
  end,
  exitOf,
  get,
  SERVICE,
  temporaryDirectory,
  waitForOutput,
} from '../integration/harness.js';

// Kept between runs: only what changed is compiled again.
const PLACE = resolve('.bootstrap/gyp');
const RELEASE = join(PLACE, 'build/Release');

describe('the build by node-gyp', () => {
  beforeAll(() => {
    const built = spawnSync(process.execPath, ['scripts/gyp-build.mjs', '--into', PLACE], {
      encoding: 'utf8',
    });
    expect(built.status, built.stderr).toBe(0);
    expect(built.stdout).not.toMatch(/warning:/);
  }, 600_000);

  it('has an addon with the same surface as that of cmake-js', () => {
    const load = createRequire(import.meta.url);
    const ours = load(join(RELEASE, 'tubthump.node'));
    const reference = load(resolve('build/Release/tubthump.node'));
    expect(Object.keys(ours).sort()).toEqual(Object.keys(reference).sort());
    expect(ours.trimMemory()).toBeTypeOf('boolean');
  });

  it('checkpoints and restores a service', async () => {
    // A package of its own, so that the launcher preloads it with the addon beside it.
    cpSync('dist', join(PLACE, 'dist'), { recursive: true });
    const tubthump = (...args: string[]) =>
      collect(adopt(spawn(join(RELEASE, 'tubthump'), args, { stdio: 'pipe' })));
    const images = join(temporaryDirectory(), 'image');
    const service = tubthump('run', '--', process.execPath, SERVICE);
    const port = Number(await waitForOutput(service, /listening on (\d+)/));
    const { pid, startId } = await get(port);
    expect(readFileSync(`/proc/${pid}/maps`, 'utf8')).not.toContain(resolve('build'));
    await askCheckpoint(pid, { images, leaveRunning: false });
    expect(readFileSync(join(images, 'files.img')).toString('latin1')).toContain(RELEASE);
    await exitOf(service.child);

    const copy = tubthump('restore', images);
    expect(await get(port)).toMatchObject({ startId, requests: 2 });
    await end(copy.child);
  });
});
