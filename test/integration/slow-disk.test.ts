import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import { end, exitOf, get, launch, startService, temporaryDirectory } from './harness.js';

const FIXTURE = resolve('test/fixtures/heap.mjs');

async function makeImage(engine: 'map' | 'stream' | 'eager') {
  const images = join(temporaryDirectory(), 'image');
  const node = [process.execPath, '--expose-gc', FIXTURE];
  const service = await startService(node, [], { HEAP_OBJECTS: '3000' });
  const checksum = await answer(service.port, '/');
  await askCheckpoint(service.pid, { images, leaveRunning: false, engine });
  await exitOf(service.child);
  return { images, checksum, port: service.port, pid: service.pid };
}

async function answer(port: number, path: string): Promise<string> {
  return ((await get(port, path)) as unknown as { checksum: string }).checksum;
}

/** Also of a copy that needs much longer than others to listen. */
async function lateAnswer(port: number, path: string): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return await answer(port, path);
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

/** The same files, each read of which takes so long: native/test/programs/slow_fs.cpp. */
async function slowly(images: string, ms: number, ...prefix: string[]): Promise<string> {
  const mounted = mkdtempSync(join(tmpdir(), 'tubthump-slow-'));
  const args = [images, mounted, String(ms), ...prefix];
  const child = spawn(resolve('build/Release/slow_fs'), args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    execFileSync('umount', ['--lazy', mounted]);
    rmdirSync(mounted);
    // Its last file may still be mapped by a process that is about to end.
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  expect(String(await once(child.stdout, 'data'))).toBe('mounted\n');
  return mounted;
}

// FUSE: not in every container.
const withFuse = describe.skipIf(!existsSync('/dev/fuse'));

withFuse('an image on a disk that needs 5 ms for a read, one at a time', () => {
  it.each(['map', 'stream', 'eager'] as const)(
    'comes back right by the engine %s, and is right after its collections',
    async (engine) => {
      const { images, checksum, port } = await makeImage(engine);
      const copy = launch(['restore', await slowly(images, 5)]);
      expect(await lateAnswer(port, '/')).toBe(checksum);
      expect(await answer(port, '/churn')).toBe(checksum);
      expect(await end(copy.child)).toEqual({ status: null, signal: 'SIGTERM' });
      expect(copy.output()).not.toContain('tubthump:');
    },
  );
});

withFuse('a disk that is too slow for the time limit', () => {
  it('ends the restore with a clear error, and no copy is left', async () => {
    const { images, pid, checksum, port } = await makeImage('eager');
    const slow = await slowly(images, 1500, 'pages-');
    const copy = launch(['restore', '--timeout', '1', slow]);
    expect((await exitOf(copy.child)).status).toBe(70);
    expect(copy.output()).toMatch(/did not answer in time[\s\S]*ERR_TUBTHUMP_RPC_TIMEOUT/);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    // It was the disk.
    const another = launch(['restore', '--timeout', '60', images]);
    expect(await answer(port, '/')).toBe(checksum);
    await end(another.child);
  });

  it('does not end a copy that runs and still waits for its pages', async () => {
    const { images, checksum, port } = await makeImage('stream');
    const slow = await slowly(images, 40, 'pages-');
    const copy = launch(['restore', '--timeout', '5', slow]);
    expect(await lateAnswer(port, '/')).toBe(checksum);
    expect(copy.output()).not.toContain('tubthump:');
    await end(copy.child);
  });
});
