import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { clone } from '../../src/clone/clone.js';
import { CloneError } from '../../src/clone/error.js';
import { askCheckpoint } from '../../src/control/client.js';
import { pool } from '../../src/pool/pool.js';
import { freePorts } from './clones.js';
import { exitOf, get, launch, startService, temporaryDirectory } from './harness.js';

const HEAP = resolve('test/fixtures/heap.mjs');

async function checksumOf(port: number, path = '/'): Promise<string> {
  return ((await get(port, path)) as unknown as { checksum: string }).checksum;
}

async function makeImage(objects: number, engine: 'map' | 'stream' = 'stream') {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService([process.execPath, '--expose-gc', HEAP], [], {
    HEAP_OBJECTS: String(objects),
  });
  const checksum = await checksumOf(service.port);
  await askCheckpoint(service.pid, { images, leaveRunning: false, engine });
  await exitOf(service.child);
  return { images, checksum };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Page servers below this process, whose names are not those of other tests. */
function ourServers(): number[] {
  const parents = new Map<number, number>();
  const servers: number[] = [];
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const [, comm, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(read(`/proc/${name}/stat`)) ?? [];
    parents.set(Number(name), Number(parent));
    if (comm === 'tubthump-pages') servers.push(Number(name));
  }
  return servers.filter((server) => {
    let pid: number | undefined = server;
    while (pid && pid !== process.pid) pid = parents.get(pid);
    return pid === process.pid;
  });
}

it.each(['stream', 'map'] as const)(
  'streams what is not mapped of an image of the engine %s, to copies side by side',
  async (engine) => {
    const { images, checksum } = await makeImage(3000, engine);
    const port = await freePorts(3);
    await using copies = await clone(images, { engine: 'stream', count: 3, port: `${port}+` });
    const answers = await Promise.all(copies.map((_, index) => checksumOf(port + index, '/churn')));
    expect(answers).toEqual([checksum, checksum, checksum]);
    expect(copies.map(({ lost }) => lost)).toEqual([null, null, null]);
  },
);

it('streams copies of a pool', async () => {
  const { images, checksum } = await makeImage(3000, 'map');
  const port = await freePorts(1);
  await using copies = await pool(images, {
    engine: 'stream',
    parked: 1,
    max: 1,
    port: `${port}+`,
  });
  await using copy = await copies.take();
  expect(copy.alive).toBe(true);
  expect(await checksumOf(port, '/churn')).toBe(checksum);
});

it('ends a copy whose page server is killed, and says why', async () => {
  const { images } = await makeImage(20_000);
  const made = clone(images, { count: 1 }).then(
    (copies) => copies,
    (error: unknown) => error,
  );
  while (ourServers().length === 0) await sleep(1);
  for (const server of ourServers()) process.kill(server, 'SIGKILL');
  const outcome = await made;
  // It depends on the machine how far the restore had come.
  if (outcome instanceof CloneError) {
    expect(outcome.errors).toMatchObject([{ code: 'ERR_TUBTHUMP_PAGE_SERVER' }]);
    return;
  }
  const [copy] = outcome as Awaited<ReturnType<typeof clone>>;
  expect(await copy?.exited).toEqual({ status: null, signal: 'SIGKILL' });
  expect(copy?.lost).toMatchObject({ code: 'ERR_TUBTHUMP_PAGE_SERVER' });
  await expect(copy?.memory()).rejects.toMatchObject({ cause: copy?.lost });
});

it('takes no engine that no restore has', async () => {
  const wrong = { engine: 'map' } as unknown as { engine: 'stream' };
  await expect(clone('/nowhere', wrong)).rejects.toMatchObject({
    code: 'ERR_TUBTHUMP_OPTIONS',
    message: expect.stringContaining("'stream' or 'eager'"),
  });
  const command = launch(['clone', '--engine', 'map', '/nowhere']);
  expect((await exitOf(command.child)).status).toBe(64);
  expect(command.output()).toContain('--engine takes');
});
