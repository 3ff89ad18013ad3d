import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { TubthumpError } from '../../src/errors/index.js';
import {
  CriuClient,
  type LazyPages,
  type LazyPagesOptions,
  type RestoreOptions,
  serveLazyPages,
} from '../../src/rpc/index.js';
import { realCriu, temporaryDirectory } from '../criu/fixtures.js';
import { endCopy, stateOf, until } from './criu-targets.js';
import { startPerl, startTree, type Tree } from './criu-trees.js';

const criu = new CriuClient({ criu: await realCriu() });
const MEGABYTES = 64;
let program: string;

beforeAll(() => {
  program = resolve('build/Release/lazy-pages-test');
  execFileSync('cc', ['-O1', '-o', program, resolve('test/fixtures/lazy.c')]);
  return () => rmSync(program, { force: true });
});

interface Dumped {
  readonly imagesDir: string;
  readonly result: string;
  readonly tree: Tree;
}

/** An image of test/fixtures/lazy.c. */
async function dumpProgram(): Promise<Dumped> {
  const result = join(temporaryDirectory(), 'result');
  const tree = await startTree(program, [result, String(MEGABYTES)]);
  return { ...(await dump(tree)), result, tree };
}

async function dump(tree: Tree): Promise<{ readonly imagesDir: string }> {
  const imagesDir = temporaryDirectory();
  const pids = tree.pids();
  await criu.dump({ pid: tree.pid, imagesDir });
  await tree.gone(pids);
  return { imagesDir };
}

/** Restores, again while somebody else on this machine happens to have the pid. */
async function restoreLazily(imagesDir: string, options: Partial<RestoreOptions> = {}) {
  for (let tries = 1; ; tries++) {
    const pages = await serveLazyPages(imagesDir);
    try {
      return { pages, copy: await criu.restore({ imagesDir, lazyPages: pages, ...options }) };
    } catch (error) {
      if (!/File exists/.test((error as Error).message) || tries > 100) throw error;
      await sleep(100);
    }
  }
}

async function errorOf(promise: Promise<unknown>): Promise<TubthumpError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!TubthumpError.is(error)) throw new Error(`expected a TubthumpError, got ${error}`);
  return error;
}

/** No more than a zombie of whoever reaps it. */
function isGone(pid: number): boolean {
  return ['', 'Z'].includes(stateOf(pid));
}

/**
 * A copy whose server was stopped when it was about to run: what had not been brought then is missing.
 * Again when all had been, which happens where the test gets little of the processors.
 */
async function restoreStopped(imagesDir: string, options?: LazyPagesOptions) {
  for (let tries = 1; ; tries++) {
    const pages = await serveLazyPages(imagesDir, options);
    const notify = { preResume: () => void process.kill(pages.pid, 'SIGSTOP') };
    try {
      return { pages, copy: await criu.restore({ imagesDir, lazyPages: pages, notify }) };
    } catch (error) {
      const { code } = (error as { cause?: NodeJS.ErrnoException }).cause ?? {};
      // The copy of the attempt before may still be ending.
      const isTaken = /File exists/.test((error as Error).message);
      if ((code !== 'ESRCH' && !isTaken) || tries > 20) throw error;
      await sleep(isTaken ? 100 : 0);
    }
  }
}

describe('pages served to a process that is not ours', () => {
  test('are all right, also when it forks, unmaps, gives up and moves memory meanwhile', async () => {
    const { imagesDir, result, tree } = await dumpProgram();
    const { pages, copy } = await restoreLazily(imagesDir);
    expect(copy.pid).toBe(tree.pid);
    process.kill(copy.pid, 'SIGUSR1');
    await until(() => existsSync(result) && readFileSync(result, 'utf8').endsWith('\n'));
    expect(readFileSync(result, 'utf8')).toBe('0 wrong, child 0\n');
    await pages.exited;
    expect(existsSync(pages.workDir)).toBe(false);
  });

  test('come while it sleeps, and the server ends', async () => {
    const { imagesDir } = await dumpProgram();
    const { pages, copy } = await restoreLazily(imagesDir, { rstSibling: true });
    await pages.exited;
    expect(isGone(pages.pid)).toBe(true);
    const rss = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${copy.pid}/status`, 'utf8'))?.[1];
    expect(Number(rss)).toBeGreaterThan(MEGABYTES * 1024);
    process.kill(copy.pid, 'SIGKILL');
    expect(await copy.waitForExit?.()).toEqual({ status: 0, signal: 9 });
  });

  test('may be of several processes, in another language', async () => {
    const output = join(temporaryDirectory(), 'output');
    const tree = await startPerl(`
      use Digest::SHA 'sha1_hex';
      my @lines = map { "$_ " x 50 } 1 .. 100_000;
      my $before = sha1_hex(@lines);
      my $check = sub {
        open(my $out, '>>', '${output}');
        syswrite($out, (sha1_hex(@lines) eq $before ? 'same' : 'other') . "\\n");
      };
      $SIG{USR1} = $check;
      unless (fork) { ready(); sleep 1 while 1 }
      sleep 1 while 1;`);
    const pids = tree.pids();
    expect(pids).toHaveLength(2);
    const { imagesDir } = await dump(tree);
    const { pages } = await restoreLazily(imagesDir);
    for (const pid of pids) process.kill(pid, 'SIGUSR1');
    await until(() => existsSync(output) && readFileSync(output, 'utf8').length >= 10);
    expect(readFileSync(output, 'utf8')).toBe('same\nsame\n');
    await pages.exited;
  });

  test('come through `criu restore --lazy-pages` too', async () => {
    const { imagesDir, result, tree } = await dumpProgram();
    const pages = await serveLazyPages(imagesDir);
    const args = ['restore', '--lazy-pages', '-D', imagesDir, '-W', pages.workDir, '-d'];
    const child = spawn(await realCriu(), args, { stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([0, null]);
    pages.protect(tree.pid);
    process.kill(tree.pid, 'SIGUSR1');
    await until(() => existsSync(result) && readFileSync(result, 'utf8').endsWith('\n'));
    expect(readFileSync(result, 'utf8')).toBe('0 wrong, child 0\n');
  });
});

describe('a page server that is lost', () => {
  test('by an abort: the copy is killed and the promise rejects', async () => {
    const { imagesDir } = await dumpProgram();
    const abort = new AbortController();
    const { pages, copy } = await restoreStopped(imagesDir, { signal: abort.signal });
    abort.abort(new Error('no more'));
    const error = await errorOf(pages.exited);
    expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_PAGE_SERVER', cause: abort.signal.reason });
    await until(() => isGone(copy.pid));
  });

  test('by SIGKILL: the copy and its children are killed', async () => {
    const tree = await startPerl(`
      my @lines = map { "$_ " x 100 } 1 .. 100_000;
      unless (fork) { ready(); sleep 1 while 1 }
      sleep 1 while 1;`);
    const pids = tree.pids();
    const { imagesDir } = await dump(tree);
    const { pages } = await restoreStopped(imagesDir);
    process.kill(pages.pid, 'SIGKILL');
    expect((await errorOf(pages.exited)).code).toBe('ERR_TUBTHUMP_PAGE_SERVER');
    await until(() => pids.every(isGone));
  });

  test('before the copy runs: the restore fails with its reason, and nothing is left', async () => {
    const { imagesDir, tree } = await dumpProgram();
    const pages = await serveLazyPages(imagesDir);
    const restore = criu.restore({
      imagesDir,
      lazyPages: pages,
      notify: { preRestore: () => void process.kill(pages.pid, 'SIGKILL') },
    });
    expect((await errorOf(restore)).code).toBe('ERR_TUBTHUMP_PAGE_SERVER');
    await until(() => tree.pids().length === 0);
  });

  test('by a pages file that was cut short: the copy is killed, never wrong', async () => {
    const { imagesDir, result } = await dumpProgram();
    const { pages, copy } = await restoreStopped(imagesDir);
    truncateSync(join(imagesDir, 'pages-1.img'), 1 << 20);
    process.kill(pages.pid, 'SIGCONT');
    // The second, when it was cut between the server's look at a page and its copy.
    const codes = ['ERR_TUBTHUMP_IMAGE_INVALID', 'ERR_TUBTHUMP_PAGE_SERVER'];
    expect(codes).toContain((await errorOf(pages.exited)).code);
    await until(() => isGone(copy.pid));
    expect(existsSync(result)).toBe(false);
  });
});

describe('a page server', () => {
  test('goes on when this process is killed', async () => {
    const { imagesDir, result, tree } = await dumpProgram();
    const script = `
      import { CriuClient, serveLazyPages } from ${JSON.stringify(resolve('dist/index.js'))};
      const imagesDir = ${JSON.stringify(imagesDir)};
      const pages = await serveLazyPages(imagesDir);
      await new CriuClient({ criu: ${JSON.stringify(await realCriu())} }).restore({
        imagesDir,
        lazyPages: pages,
      });
      process.kill(process.pid, 'SIGKILL');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    process.kill(tree.pid, 'SIGUSR1');
    await until(() => existsSync(result) && readFileSync(result, 'utf8').endsWith('\n'));
    expect(readFileSync(result, 'utf8')).toBe('0 wrong, child 0\n');
  });

  test('that nobody used ends when it is disposed of, and leaves nothing', async () => {
    const { imagesDir } = await dumpProgram();
    let unused: LazyPages;
    {
      await using pages = await serveLazyPages(imagesDir);
      unused = pages;
      expect(readdirSync(pages.workDir)).toEqual(['lazy-pages.socket']);
    }
    expect(isGone(unused.pid)).toBe(true);
    expect(existsSync(unused.workDir)).toBe(false);
  });

  test('serves one restore', async () => {
    const { imagesDir, tree } = await dumpProgram();
    const { pages } = await restoreLazily(imagesDir);
    await endCopy(tree.pid);
    const again = criu.restore({ imagesDir, lazyPages: pages });
    expect(await errorOf(again)).toMatchObject({ code: 'ERR_TUBTHUMP_OPTIONS' });
  });

  test('is not beside a directory of ones own', async () => {
    const { imagesDir } = await dumpProgram();
    await using pages = await serveLazyPages(imagesDir);
    const restore = criu.restore({ imagesDir, lazyPages: pages, workDir: temporaryDirectory() });
    expect(await errorOf(restore)).toMatchObject({ code: 'ERR_TUBTHUMP_OPTIONS' });
  });

  test('is refused where files do not fit together, before anything starts', async () => {
    const { imagesDir, tree } = await dumpProgram();
    truncateSync(join(imagesDir, 'pages-1.img'), 4096);
    const error = await errorOf(serveLazyPages(imagesDir));
    expect(error.code).toBe('ERR_TUBTHUMP_IMAGE_INVALID');
    expect(error.message).toContain('pages-1.img has 4096 bytes');
    expect(tree.pids()).toEqual([]);
  });

  test.each([
    ['no directory', 'ERR_TUBTHUMP_IMAGE_MISSING', () => '/no/such/directory'],
    ['no image', 'ERR_TUBTHUMP_IMAGE_INVALID', () => temporaryDirectory()],
    ['no path', 'ERR_TUBTHUMP_OPTIONS', () => ''],
  ])('is refused with %s', async (_, code, path) => {
    expect((await errorOf(serveLazyPages(path()))).code).toBe(code);
  });

  test('is refused with an option that it does not have', async () => {
    const error = await errorOf(serveLazyPages('/tmp', { sginal: 1 } as never));
    expect(error.message).toBe('Unknown option `sginal`; did you mean `signal`?');
  });
});
