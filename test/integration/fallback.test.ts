import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint, askStatus } from '../../src/control/client.js';
import {
  adopt,
  collect,
  end,
  exitOf,
  get,
  LAUNCHER,
  launch,
  manifestOf,
  SERVICE,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

async function image(node = process.execPath, leaveRunning = false) {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService([node, SERVICE]);
  await askCheckpoint(service.pid, { images, leaveRunning });
  if (!leaveRunning) await exitOf(service.child);
  return { images, port: service.port };
}

function editManifest(images: string, change: object): void {
  const path = join(images, 'manifest.json');
  chmodSync(path, 0o600);
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...manifest, ...change }));
}

interface Circumstances {
  readonly images: string;
  readonly port: number;
  /** What the launcher is started by. */
  readonly prefix?: readonly string[];
  readonly options?: readonly string[];
}

/** Starts it with `run`, and returns why it was not restored. */
async function reasonOf({ images, port, prefix = [], options = [] }: Circumstances) {
  const run = [LAUNCHER, 'run', '--images', images, ...options];
  const [program = '', ...args] = [...prefix, ...run, '--', process.execPath, SERVICE];
  const env = { ...process.env, PORT: String(port) };
  const service = collect(adopt(spawn(program, args, { env })));
  const { requests, pid } = await get(Number(await waitForOutput(service, /listening on (\d+)/)));
  expect(requests).toBe(1);
  const lines = service.output().trim().split('\n');
  expect(lines).toHaveLength(2); // Ours, and that it listens.
  const status = await askStatus(pid);
  expect(status).toMatchObject({ start: 'fallback', fallbacks: 1 });
  const { code, message } = status.fallback as { code: string; message: string };
  const line = `tubthump: started normally, the restore failed: ${message} (${code})`;
  expect(lines[0]).toBe(line);
  await end(service.child);
  return `${code}: ${message}`;
}

describe('run starts the service normally, and says why', () => {
  it('when the image is damaged, is for another CPU or a newer CRIU, or there is none', async () => {
    const { images, port } = await image();
    const cut = join(temporaryDirectory(), 'cut');
    cpSync(images, cut, { recursive: true });
    truncateSync(join(cut, 'pages-1.img'), 4096);
    expect(await reasonOf({ images: cut, port })).toMatch(/^ERR_TUBTHUMP_IMAGE_INVALID.*pages-1/);

    const { cpuFeatures } = manifestOf(images) as unknown as { cpuFeatures: string[] };
    expect(cpuFeatures).toContain('sse4.2');
    const foreign = join(temporaryDirectory(), 'foreign');
    cpSync(images, foreign, { recursive: true });
    editManifest(foreign, { cpuFeatures: [...cpuFeatures, 'avx1024', 'amx9'] });
    expect(await reasonOf({ images: foreign, port })).toBe(
      'ERR_TUBTHUMP_IMAGE_MISMATCH: this processor lacks what the image may use: avx1024 amx9',
    );

    const { versions } = manifestOf(images) as unknown as { versions: Record<string, string> };
    expect(versions.criu).toMatch(/^\d+\.\d/);
    const newer = join(temporaryDirectory(), 'newer');
    cpSync(images, newer, { recursive: true });
    editManifest(newer, { versions: { ...versions, criu: '99.1' } });
    expect(await reasonOf({ images: newer, port })).toMatch(
      /^ERR_TUBTHUMP_IMAGE_MISMATCH: the image was made by CRIU 99\.1, and this is 4\.\d.*: CRIU reads/,
    );

    const options = ['--criu', '/no/such/criu'];
    expect(await reasonOf({ images, port, options })).toMatch(
      /^ERR_TUBTHUMP_CRIU_NOT_FOUND.*no\/such\/criu/,
    );
  });

  it('when a capability is missing: one of CRIU, or one of the copy', async () => {
    const circumstances = await image();
    const without = (names: string) => ['setpriv', `--bounding-set=${names}`];
    const none = without('-sys_admin,-checkpoint_restore');
    expect(await reasonOf({ ...circumstances, prefix: none })).toMatch(
      /^ERR_TUBTHUMP_CAPABILITY: a restore needs CAP_SYS_ADMIN or CAP_CHECKPOINT_RESTORE/,
    );
    // CRIU itself would hang.
    const some = without('-sys_ptrace,-sys_time');
    expect(await reasonOf({ ...circumstances, prefix: some })).toMatch(
      /^ERR_TUBTHUMP_CAPABILITY: the copy needs capabilities .*: 19, 25$/,
    );
  });

  it('when Node is another one', async () => {
    const node = join(temporaryDirectory(), 'node');
    copyFileSync(process.execPath, node);
    const circumstances = await image(node);
    appendFileSync(node, '\n');
    expect(await reasonOf(circumstances)).toMatch(/^ERR_TUBTHUMP_IMAGE_MISMATCH: .*another file/);
  });

  it('when a pid is taken', async () => {
    const { images } = await image(process.execPath, true);
    expect(await reasonOf({ images, port: 0 })).toMatch(/^ERR_TUBTHUMP_PID_TAKEN: .*needs pid/);
  });
});

describe('status', () => {
  it('tells a restored service, and keeps the count of fallbacks in it', async () => {
    const { images, port } = await image();
    truncateSync(join(images, 'pages-1.img'), 0);
    const args = ['run', '--images', images, '--checkpoint', 'listening', '--exit'];
    const env = { PORT: String(port) };
    const first = launch([...args, '--', process.execPath, SERVICE], env);
    expect(await exitOf(first.child)).toEqual({ status: 0, signal: null });
    const second = launch([...args, '--', process.execPath, SERVICE], env);
    const { pid } = await get(port);
    expect(await askStatus(pid)).toMatchObject({
      start: 'restored',
      fallbacks: 1,
      fallback: { code: 'ERR_TUBTHUMP_IMAGE_INVALID' },
    });
    await end(second.child);
  });
});
