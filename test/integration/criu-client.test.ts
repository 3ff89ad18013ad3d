import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { errorOf, sessionDescriptors } from '../rpc/fake-swrk.js';
import { endCopy, startService, startTarget, stateOf, until } from './criu-targets.js';

let criu: string;

beforeAll(async () => {
  criu = await realCriu();
});

/** A client for each way to CRIU. */
const ways = [
  ['swrk', async () => new CriuClient({ criu })],
  ['service', async () => new CriuClient({ service: await startService(criu) })],
] as const;

test.each(ways)('version, features and check through %s', async (_, connect) => {
  const client = await connect();
  const { major, minor } = await client.version();
  expect(major * 100 + minor).toBeGreaterThanOrEqual(402);
  expect(await client.featureCheck()).toEqual({
    memTrack: expect.any(Boolean),
    lazyPages: expect.any(Boolean),
    pidfdStore: true,
  });
  await client.check();
});

test.each(ways)('a process is dumped and restored through %s', async (_, connect) => {
  const client = await connect();
  const target = await startTarget();
  const imagesDir = temporaryDirectory();
  const scripts: string[] = [];
  const before = sessionDescriptors();

  const onNotify = ({ script }: { script: string }) => void scripts.push(script);
  expect(await client.dump({ pid: target.pid, imagesDir, onNotify })).toMatchObject({
    restored: false,
  });
  await target.gone;
  expect(scripts).toEqual(expect.arrayContaining(['pre-dump', 'post-dump']));
  expect(existsSync(join(imagesDir, 'inventory.img'))).toBe(true);

  const copy = await client.restore({ imagesDir });
  expect(copy.pid).toBe(target.pid);
  await until(() => stateOf(copy.pid) === 'S');
  await endCopy(copy.pid);
  expect(sessionDescriptors()).toEqual(before);
});

test.each(ways)('a dumped process may go on, through %s', async (_, connect) => {
  const client = await connect();
  const target = await startTarget();
  await client.dump({ pid: target.pid, imagesDir: temporaryDirectory(), leaveRunning: true });
  await until(() => stateOf(target.pid) === 'S');
});

test.each(ways)('a dump that fails says why, through %s', async (_, connect) => {
  const client = await connect();
  const error = await errorOf(client.dump({ pid: 1, imagesDir: temporaryDirectory() }));
  expect(error.code).toBe('ERR_TUBTHUMP_DUMP_FAILED');
  expect(error.message).toMatch(/^dump of pid 1 failed: [\w-]+\.c:\d+: ./);
  expect(error.log).toContain('Dumping FAILED');
});

test.each(ways)('a restore of what is no image says why, through %s', async (_, connect) => {
  const client = await connect();
  const imagesDir = temporaryDirectory();
  const error = await errorOf(client.restore({ imagesDir }));
  expect(error.code).toBe('ERR_TUBTHUMP_RESTORE_FAILED');
  expect(error.message).toMatch(/failed: [\w-]+\.c:\d+: ./);
});

test('through swrk the log stays in memory, unless it is named', async () => {
  const client = new CriuClient({ criu });
  const target = await startTarget();
  const [first, second] = [temporaryDirectory(), temporaryDirectory()];
  await client.dump({ pid: target.pid, imagesDir: first, leaveRunning: true });
  expect(readdirSync(first).filter((name) => name.endsWith('.log'))).toEqual([]);
  const workDir = temporaryDirectory();
  await client.dump({
    ...{ pid: target.pid, imagesDir: second, leaveRunning: true },
    ...{ workDir, logFile: 'mine.log', logLevel: 4 },
  });
  expect(readFileSync(join(workDir, 'mine.log'), 'utf8')).toContain(
    'Dumping finished successfully',
  );
});

test('a log that an earlier operation left is not taken for this one', async () => {
  const client = new CriuClient({ criu });
  const workDir = temporaryDirectory();
  const names = { workDir, logFile: 'same.log' };
  await errorOf(client.dump({ pid: 1, imagesDir: temporaryDirectory(), ...names }));
  expect(readFileSync(join(workDir, 'same.log'), 'utf8')).toContain('FAILED');
  const error = await errorOf(
    new CriuClient({ criu: '/bin/false' }).dump({
      pid: 1,
      imagesDir: temporaryDirectory(),
      ...names,
    }),
  );
  expect(error.code).toBe('ERR_TUBTHUMP_RPC_CLOSED');
  expect(error.log).toBeUndefined();
});

test('two processes are dumped at once', async () => {
  const client = new CriuClient({ criu });
  const targets = await Promise.all([startTarget(), startTarget()]);
  await Promise.all(
    targets.map(({ pid }) =>
      client.dump({ pid, imagesDir: temporaryDirectory(), leaveRunning: true }),
    ),
  );
  await until(() => targets.every(({ pid }) => stateOf(pid) === 'S'));
});

test('any request of the protocol can be sent', async () => {
  const directory = temporaryDirectory();
  const imagesDirFd = openSync(directory, 'r');
  const client = new CriuClient({ criu });
  const { success } = await client.request({ type: 'CPUINFO_DUMP', opts: { imagesDirFd } });
  closeSync(imagesDirFd);
  expect(success).toBe(true);
  expect(readdirSync(directory)).toContain('cpuinfo.img');
});

test.each(['pre-dump', 'post-dump'])(
  'a dump that is aborted at %s leaves the process as it was',
  async (at) => {
    const client = new CriuClient({ criu });
    const output = join(temporaryDirectory(), 'output');
    const target = await startTarget(output);
    const controller = new AbortController();
    const dump = client.dump({
      pid: target.pid,
      imagesDir: temporaryDirectory(),
      signal: controller.signal,
      onNotify: ({ script }) => {
        if (script === at) controller.abort();
      },
    });
    expect((await errorOf(dump)).code).toBe('ERR_TUBTHUMP_RPC_ABORTED');
    await until(() => stateOf(target.pid) === 'S');
    process.kill(target.pid, 'SIGUSR1');
    await until(() => readFileSync(output, 'utf8') === 'alive\n');
  },
);

test('a restore that is aborted leaves no copy', async () => {
  const client = new CriuClient({ criu });
  const target = await startTarget();
  const imagesDir = temporaryDirectory();
  await client.dump({ pid: target.pid, imagesDir });
  await target.gone;
  const controller = new AbortController();
  const restore = client.restore({
    imagesDir,
    signal: controller.signal,
    onNotify: ({ script }) => {
      if (script === 'post-restore') controller.abort();
    },
  });
  expect((await errorOf(restore)).code).toBe('ERR_TUBTHUMP_RPC_ABORTED');
  await until(() => ['', 'Z'].includes(stateOf(target.pid)));
});

test('a CRIU that is killed while it dumps is ERR_TUBTHUMP_RPC_CLOSED', async () => {
  const client = new CriuClient({ criu });
  const target = await startTarget();
  const dump = client.dump({
    pid: target.pid,
    imagesDir: temporaryDirectory(),
    onNotify: () => void process.kill(workerOf(target.pid), 'SIGKILL'),
  });
  expect((await errorOf(dump)).code).toBe('ERR_TUBTHUMP_RPC_CLOSED');
  await until(() => stateOf(target.pid) === 'S');
});

/** CRIU's workers name what they do in their title. */
function workerOf(target: number): number {
  const found = readdirSync('/proc').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`dump --rpc -t ${target}`);
    } catch {
      return false;
    }
  });
  expect(found).toHaveLength(1);
  return Number(found[0]);
}
