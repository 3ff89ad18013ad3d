import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { CriuClient } from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { stateOf, until } from './criu-targets.js';
import { restoreTree, startPerl } from './criu-trees.js';

const path = await realCriu();

/** Starts what is known by its environment. */
function warmClient() {
  const mark = randomUUID();
  const client = new CriuClient({ criu: path, warm: true, environment: { WARM: mark } });
  return { client, waiting: () => swrksOf(`WARM=${mark}`) };
}

/** Those that run, and zombies of ours. */
function swrksOf(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark);
      } catch {
        return false; // It has ended.
      }
    });
}

function zombiesOfOurs(): number[] {
  return readdirSync('/proc/self/task')
    .flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' '))
    .filter((pid) => pid && stateOf(Number(pid)) === 'Z')
    .map(Number);
}

async function image() {
  const tree = await startPerl('ready(); sleep 1 while 1;');
  const imagesDir = temporaryDirectory();
  await new CriuClient({ criu: path }).dump({ pid: tree.pid, imagesDir });
  await tree.gone([tree.pid]);
  return { imagesDir, pid: tree.pid };
}

/** Restores and ends the copy. */
async function restore(client: CriuClient, imagesDir: string): Promise<void> {
  const copy = await restoreTree(client, { imagesDir, rstSibling: true });
  process.kill(copy.pid, 'SIGKILL');
  expect(await copy.waitForExit?.()).toEqual({ status: 0, signal: 9 });
}

test('a CRIU that waits takes the next restore, and another one waits', async () => {
  const { imagesDir } = await image();
  const { client, waiting } = warmClient();
  expect(waiting()).toEqual([]);
  const seen = new Set<number>();
  for (let round = 0; round < 3; round++) {
    await restore(client, imagesDir);
    await until(() => waiting().length === 1);
    const [pid = 0] = waiting();
    expect(seen).not.toContain(pid);
    seen.add(pid);
  }
  expect(readFileSync(`/proc/${waiting()[0]}/cmdline`, 'utf8')).toMatch(/criu(-restore)?\0swrk\0/);
  await client.close();
  expect(waiting()).toEqual([]);
  expect(zombiesOfOurs()).toEqual([]);
});

test('it may be one that is not our child', async () => {
  const { imagesDir, pid } = await image();
  const { client, waiting } = warmClient();
  for (let round = 0; round < 2; round++) {
    const copy = await restoreTree(client, { imagesDir });
    expect(copy.pid).toBe(pid);
    process.kill(pid, 'SIGKILL');
    await until(() => stateOf(pid) === '');
    await until(() => waiting().length === 1);
  }
  await client.close();
  await until(() => waiting().length === 0);
});

test('one that was killed meanwhile is replaced', async () => {
  const { imagesDir } = await image();
  const { client, waiting } = warmClient();
  await restore(client, imagesDir);
  await until(() => waiting().length === 1);
  const [pid = 0] = waiting();
  process.kill(pid, 'SIGKILL');
  await until(() => stateOf(pid) === 'Z');
  await restore(client, imagesDir);
  await client.close();
  expect(zombiesOfOurs()).toEqual([]);
});

test('two restores at once have one each', async () => {
  const images = [await image(), await image()];
  const { client, waiting } = warmClient();
  await restore(client, images[0]?.imagesDir as string);
  await Promise.all(images.map(({ imagesDir }) => restore(client, imagesDir)));
  await until(() => waiting().length === 1);
  await client.close();
  expect(zombiesOfOurs()).toEqual([]);
});

test('it gets no descriptor that it was not started with', async () => {
  const { imagesDir } = await image();
  const { client } = warmClient();
  await restore(client, imagesDir);
  const fd = openSync('/dev/null', 'r');
  const inheritFd = [{ key: 'no/such/file', fd }];
  const copy = await restoreTree(client, { imagesDir, rstSibling: true, inheritFd });
  process.kill(copy.pid, 'SIGKILL');
  await copy.waitForExit?.();
  closeSync(fd);
  await client.close();
});

test('it ends with its process, also when that is killed', async () => {
  const { imagesDir } = await image();
  const mark = randomUUID();
  const script = `
    import { CriuClient } from ${JSON.stringify(resolve('dist/index.js'))};
    const criu = new CriuClient({
      criu: ${JSON.stringify(path)}, warm: true, environment: { WARM: '${mark}' },
    });
    const copy = await criu.restore({ imagesDir: ${JSON.stringify(imagesDir)}, rstSibling: true });
    process.kill(copy.pid, 'SIGKILL');
    await copy.waitForExit();
    console.log('restored');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  await until(() => swrksOf(`WARM=${mark}`).length === 1);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await until(() => swrksOf(`WARM=${mark}`).length === 0);
});

test('is not for a service', () => {
  const options = { service: '/run/criu.socket', warm: true };
  expect(() => new CriuClient(options)).toThrow(/`warm` to be absent beside `service`/);
});
