import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
// Of a port that the kernel gives to clients a client that polls can connect to itself.
import { freePort } from '../../examples/catalog/demo/free-port.mjs';
import {
  end,
  exitOf,
  get,
  launch,
  manifestOf,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';
import { Load } from './load.js';

const COMMAND = [process.execPath, resolve('test/fixtures/moments.mjs')];

interface Seen {
  readonly listening?: boolean;
  readonly ready?: boolean;
  readonly requests?: number;
  readonly reason?: string;
}

interface Witness {
  readonly requests: number;
  readonly seen: readonly Seen[];
  readonly plan: string | null;
}

async function ask(port: number): Promise<Witness> {
  return (await get(port)) as unknown as Witness;
}

async function start(options: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const images = join(temporaryDirectory(), 'image');
  const args = ['--images', images, ...options];
  return { images, ...(await startService(COMMAND, args, environment)) };
}

const made = (images: string) => new RegExp(`tubthump: image \\S+ made in ${images}`);

describe('run --checkpoint', () => {
  it('before-listen: the port is opened afterwards, in the original and in every copy', async () => {
    const service = await start(['--checkpoint', 'before-listen']);
    await waitForOutput(service, made(service.images));
    const { seen, plan } = await ask(service.port);
    expect(seen).toEqual([{ listening: false, ready: false, requests: 0 }, { reason: 'resumed' }]);
    expect(plan).toBeNull();
    await end(service.child);
    const copy = launch(['restore', service.images]);
    const port = Number(await waitForOutput(copy, /listening on (\d+)/));
    expect((await ask(port)).seen.at(-1)).toEqual({ reason: 'restored' });
    await end(copy.child);
  });

  it('listening: once, when the first server listens', async () => {
    const images = join(temporaryDirectory(), 'image');
    const args = ['run', '--images', images, '--checkpoint', 'listening', '--', ...COMMAND];
    const service = launch(args);
    await waitForOutput(service, made(images));
    const { seen } = await ask(Number(await waitForOutput(service, /listening on (\d+)/)));
    expect(seen).toMatchObject([{ listening: true, ready: false }, { reason: 'resumed' }]);
    await end(service.child);
  });

  it('ready: when the application says so', async () => {
    const service = await start(['--checkpoint', 'ready'], { READY: 'request' });
    await waitForOutput(service, made(service.images));
    const { seen } = await ask(service.port);
    expect(seen).toEqual([{ listening: true, ready: true, requests: 1 }, { reason: 'resumed' }]);
    await end(service.child);
  });

  it('requests=N: when so many are answered', async () => {
    const service = await start(['--checkpoint', 'requests=5']);
    for (let requests = 2; requests <= 4; requests++) await get(service.port);
    expect(existsSync(service.images)).toBe(false);
    await get(service.port);
    await waitForOutput(service, made(service.images));
    expect((await ask(service.port)).seen).toMatchObject([{ requests: 5 }, { reason: 'resumed' }]);
    await end(service.child);
  });

  it('idle=MS: when no request came for so long', async () => {
    const service = await start(['--checkpoint', 'idle=300']);
    await waitForOutput(service, made(service.images));
    expect((await ask(service.port)).seen).toMatchObject([
      { listening: true, requests: 1 },
      { reason: 'resumed' },
    ]);
    await end(service.child);
  });

  it.each(['listening', 'requests=50'])(
    '%s: also under load, and nobody is refused',
    async (when) => {
      const PORT = String(await freePort());
      const images = join(temporaryDirectory(), 'image');
      const args = ['run', '--images', images, '--checkpoint', when, '--', ...COMMAND];
      const service = launch(args, { PORT });
      const load = new Load(Number(PORT));
      await waitForOutput(service, made(images));
      const { answered } = load;
      await expect.poll(() => load.answered, { timeout: 20_000 }).toBeGreaterThan(answered + 20);
      await load.stop();
      expect(load.failures).toEqual([]);
      await end(service.child);
    },
  );

  it('warm: when the URLs were asked for and the latency has settled', async () => {
    const port = await freePort();
    const images = join(temporaryDirectory(), 'image');
    const warm = ['--warm', `http://127.0.0.1:${port}/`, '--warm-requests', '20'];
    const service = launch(
      [
        'run',
        '--images',
        images,
        '--checkpoint',
        'warm',
        ...warm,
        '--until',
        'stable',
        '--',
        ...COMMAND,
      ],
      { PORT: String(port) },
    );
    await waitForOutput(service, /checkpoint: pid \d+ \(running\)/);
    const { seen } = await ask(port);
    expect(seen).toMatchObject([{ listening: true }, { reason: 'resumed' }]);
    // 20, then at least one window that is the best and five that are not better.
    expect(seen[0]?.requests).toBeGreaterThanOrEqual(20 + 6 * 50);
    await end(service.child);
  });

  it('--exit: the dump ends the service, which is success', async () => {
    const images = join(temporaryDirectory(), 'image');
    const args = ['--images', images, '--checkpoint', 'listening', '--exit', '--', ...COMMAND];
    const service = launch(['run', ...args]);
    expect(await exitOf(service.child)).toEqual({ status: 0, signal: null });
    const copy = launch(['run', ...args]);
    const port = Number(await waitForOutput(service, /listening on (\d+)/));
    expect((await ask(port)).seen.at(-1)).toEqual({ reason: 'restored' });
    await end(copy.child);
  });

  it('a checkpoint that fails: one line, and the service serves', async () => {
    const service = await start(['--checkpoint', 'listening', '--criu', '/bin/false']);
    await waitForOutput(service, /tubthump: checkpoint failed[\s\S]*\(ERR_TUBTHUMP_CHECKPOINT\)/);
    expect(existsSync(service.images)).toBe(false);
    expect((await ask(service.port)).seen.at(-1)).toEqual({ reason: 'aborted' });
    await end(service.child);
  });
});

describe('run --signal', () => {
  it('makes an image each time, also in a copy', async () => {
    const service = await start(['--signal', 'SIGUSR2']);
    expect(existsSync(service.images)).toBe(false);
    const ids = new Set<string>();
    for (const round of [1, 2]) {
      service.child.kill('SIGUSR2');
      await waitForOutput(
        service,
        new RegExp(`(?:${made(service.images).source}[\\s\\S]*){${round}}`),
      );
      ids.add(manifestOf(service.images).id);
    }
    await end(service.child);
    const copy = launch(['restore', service.images]);
    await get(service.port);
    copy.child.kill('SIGUSR2');
    await waitForOutput(copy, made(service.images));
    ids.add(manifestOf(service.images).id);
    expect(ids.size).toBe(3);
    await end(copy.child);
  });
});

describe('checkpoint --when', () => {
  it.each(['before-listen', 'idle=50', 'listening'])(
    '%s of a service that it starts',
    async (when) => {
      const images = join(temporaryDirectory(), 'image');
      const run = launch([
        'checkpoint',
        '--images',
        images,
        '--when',
        when,
        '--label',
        'a=b',
        '--',
        ...COMMAND,
      ]);
      expect((await exitOf(run.child)).status).toBe(0);
      expect(run.output()).toMatch(/checkpoint: pid \d+ \(ended\)/);
      expect(manifestOf(images).labels).toMatchObject({ a: 'b' });
    },
  );

  it('fails as the service did', async () => {
    const images = join(temporaryDirectory(), 'image');
    const args = ['--images', images, '--criu', '/no/criu', '--when', 'before-listen'];
    const run = launch(['checkpoint', ...args, '--', ...COMMAND]);
    expect((await exitOf(run.child)).status).toBe(75);
    expect(run.output()).toContain('/no/criu');
  });
});
