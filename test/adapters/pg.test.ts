import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askCheckpoint, askStatus } from '../../src/control/client.js';
import {
  end,
  exitOf,
  get,
  launch,
  startService,
  temporaryDirectory,
} from '../integration/harness.js';
import { type Database, startDatabase } from './database.js';

const POOLED = resolve('test/fixtures/pooled.mjs');
let database: Database;

beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database?.end());

function start(environment: NodeJS.ProcessEnv, node: string = process.execPath) {
  return startService([node, POOLED], [], { ...database.environment, ...environment });
}

type Service = Awaited<ReturnType<typeof start>>;

const images = () => join(temporaryDirectory(), 'image');
const query = async ({ port }: Service, path = '/query') =>
  (await get(port, path)) as unknown as { backend: number; waiting: number; error?: string };

describe('a pool of pg', () => {
  it('is refused without the adapter, which is named', async () => {
    const service = await start({});
    await query(service);
    const port = database.environment.PGPORT;
    const refused = await askCheckpoint(service.pid, { images: images() }).catch((error) => error);
    expect(refused.message).toMatch(
      new RegExp(`tcp-connected 127\\.0\\.0\\.1:\\d+ -> 127\\.0\\.0\\.1:${port} established`),
    );
    expect(refused.message).toMatch(/opened by pg@8\.\S+ \(node_modules\/pg\/.*\), from .*pooled/);
    expect(refused.message).toContain("or by adapter: import 'tubthump/adapters/pg';");
    expect(refused.message).toContain(
      `or by policy: close kind=tcp-connected remote=127.0.0.1:${port}`,
    );
  });

  it.each([20, 22, 24, 26])(
    'is without connections in an image, and connects again in the copy and in the original, on Node %i',
    async (major) => {
      const node = resolve(`test/node-versions/node_modules/node-${major}/bin/node`);
      const service = await start({ ADAPTER: '1' }, node);
      const before = await query(service);
      expect((await askStatus(service.pid)).resources).toContain('pools/pg');
      const settings = await get(service.port, '/pool');
      const directory = images();
      await askCheckpoint(service.pid, { images: directory, leaveRunning: true });
      const resumed = await query(service);
      expect(await get(service.port, '/pool')).toEqual(settings);
      await end(service.child);

      const copy = launch(['restore', directory], database.environment);
      const restored = await query(service);
      expect(new Set([before.backend, resumed.backend, restored.backend]).size).toBe(3);
      // Kept again: the next query finds the same connection.
      expect(await query(service)).toMatchObject({ backend: restored.backend });
      expect(await get(service.port, '/pool')).toEqual(settings);
      await end(copy.child);
    },
  );

  it('may ask for a connection at any time: it gets one afterwards', async () => {
    const service = await start({ ADAPTER: '1', BUSY: '1' });
    await query(service);
    const directory = images();
    await askCheckpoint(service.pid, { images: directory, leaveRunning: false });
    await exitOf(service.child);
    const copy = launch(['restore', directory], database.environment);
    expect((await query(service)).backend).toBeGreaterThan(0);
    await end(copy.child);
  });

  it('connects to the database that the restore names', async () => {
    const service = await start({ ADAPTER: '1' });
    await query(service);
    const directory = images();
    await askCheckpoint(service.pid, { images: directory, leaveRunning: false });
    await exitOf(service.child);
    const copy = launch(['restore', directory], { ...database.environment, PGPORT: '1' });
    expect((await query(service)).error).toContain('ECONNREFUSED 127.0.0.1:1');
    await end(copy.child);
  });

  it('has who uses a connection give it back, or the checkpoint is refused', async () => {
    const service = await start({ ADAPTER: '1' });
    await get(service.port, '/take');
    const directory = images();
    const refused = await askCheckpoint(service.pid, { images: directory, graceMs: 200 }).catch(
      (error) => error,
    );
    expect(refused.message).toMatch(/tcp-connected .* established[\s\S]*opened by pg@8/);
    // It is in use already: it would be of no help.
    expect(refused.message).not.toContain('or by adapter');
    expect(existsSync(directory)).toBe(false);
    // As before: others get connections, and this one is still good.
    expect((await query(service)).backend).toBeGreaterThan(0);
    await get(service.port, '/give');
    await askCheckpoint(service.pid, { images: directory, leaveRunning: true });
  });

  it('loses what is in use past the grace, if the checkpoint says so', async () => {
    const service = await start({ ADAPTER: '1' });
    await get(service.port, '/sleep');
    const options = { images: images(), graceMs: 200, leaveRunning: true } as const;
    await askCheckpoint(service.pid, { ...options, pastGrace: 'close' });
    expect((await query(service)).backend).toBeGreaterThan(0);
  });
});

it('a connection of pg that no pool has is refused by its line', async () => {
  const service = await start({ ADAPTER: '1', CLIENT: '1' });
  await expect(askCheckpoint(service.pid, { images: images() })).rejects.toThrow(
    /tcp-connected .*\n.*opened by pg@8\.\S+ \(.*\), from test\/fixtures\/pooled\.mjs:8:/,
  );
});
