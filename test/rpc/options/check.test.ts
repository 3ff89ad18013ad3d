import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CriuClient, type DumpOptions, type RestoreOptions } from '../../../src/rpc/index.js';
import { temporaryDirectory } from '../../criu/fixtures.js';
import { errorOf } from '../fake-swrk.js';

// Whoever gets as far as looking for this CRIU has touched something.
const swrk = new CriuClient({ criu: '/nowhere/criu' });
const service = new CriuClient({ service: '/nowhere/criu.socket' });

function dump(options: object) {
  return errorOf(swrk.dump({ pid: 1, imagesDir: '/tmp', ...options } as DumpOptions));
}

function restore(options: object, client = swrk) {
  return errorOf(client.restore({ imagesDir: '/tmp', ...options } as RestoreOptions));
}

test.each([
  [{ leaveRuning: true }, 'Unknown option `leaveRuning`; did you mean `leaveRunning`?'],
  [{ timeoutMS: 1 }, 'Unknown option `timeoutMS`; did you mean `timeoutMs`?'],
  [{ entirelyUnknown: 1 }, 'Unknown option `entirelyUnknown`'],
  [{ toString: 1 }, 'Unknown option `toString`'],
  [{ pid: '7' }, "Expected `pid` to be an integer from 1 to 2147483647, got '7' (string)"],
  [{ pid: undefined }, 'The dump needs `pid`'],
  [{ imagesDir: '' }, "Expected `imagesDir` to be the path of a directory, got '' (string)"],
  [{ shellJob: 1 }, 'Expected `shellJob` to be a boolean, got 1 (number)'],
  [
    { logFile: 'a/b' },
    "Expected `logFile` to be a file name without directories, got 'a/b' (string)",
  ],
  [
    { external: [''] },
    "Expected `external` to be an array of non-empty strings, got [ '' ] (object)",
  ],
  [{ logLevel: 5 }, 'Expected `logLevel` to be an integer from 0 to 4, got 5 (number)'],
  [
    { timeoutMs: 2 ** 31 },
    'Expected `timeoutMs` to be an integer from 1 to 2147483647, got 2147483648 (number)',
  ],
  [{ signal: {} }, 'Expected `signal` to be an AbortSignal, got {} (object)'],
  [
    { networkLock: 'ipset' },
    "Expected `networkLock` to be one of 'iptables', 'nftables', 'skip', got 'ipset' (string)",
  ],
  [{ inheritFd: [] }, '`inheritFd` is no option of dump, only of restore'],
  [
    { pid: process.pid, onNotify() {} },
    'A process that dumps itself is frozen and cannot answer: drop `onNotify`',
  ],
  [{ parentImgs: 'x' }, 'Unknown option `parentImgs`; did you mean `parentImg`?'],
  [{ notify: { postDumb() {} } }, 'Unknown option `postDumb`; did you mean `postDump`?'],
  [
    { notify: { postDump: 1 } },
    'Expected `notify` to be an object of functions, got { postDump: 1 } (object)',
  ],
  [
    { cpuCap: ['sse'] },
    "Expected `cpuCap` to be an array of 'none', 'fpu', 'cpu', 'ins', 'all', got [ 'sse' ] (object)",
  ],
  [
    { pageServer: { host: 'x' } },
    "Expected `pageServer` to be { address: string, port: number } or { fd: number }, got { host: 'x' } (object)",
  ],
  [
    { pageServer: { port: 65536 } },
    'Expected `pageServer` to be { address: string, port: number } or { fd: number }, got { port: 65536 } (object)',
  ],
  [
    { leaveRunning: true, leaveStopped: true },
    'Choose one of `leaveRunning` and `leaveStopped`: CRIU would stop the tree',
  ],
  [
    { pageServer: { port: 1 }, tlsCert: 'x' },
    'Certificates without `tls: true`: pages would travel in plain text',
  ],
  [{ tls: true }, '`tls` is for pages on their way: it needs `pageServer`'],
  [{ lazyPages: true }, 'A dump with `lazyPages` serves pages: it needs the port in `pageServer`'],
  [
    { unixSkIno: [1] },
    'CRIU reads `unixSkIno` only with `extUnixSk`; better: `external: ["unix[INODE]"]`',
  ],
])('dump %o is refused', async (options, message) => {
  expect(await dump(options)).toMatchObject({ code: 'ERR_TUBTHUMP_OPTIONS', message });
});

test.each([
  [{ pid: 7 }, '`pid` is no option of restore, only of dump, preDump'],
  [{ imagesDir: undefined }, 'The restore needs `imagesDir`'],
  [
    { inheritFd: [{ key: 'x' }] },
    "Expected `inheritFd` to be an array of { key: string, fd: number }, got [ { key: 'x' } ] (object)",
  ],
  [
    { joinNs: [{ ns: 'pid', file: 1 }] },
    "Expected `joinNs` to be an array of { ns, file } with one of 'net', 'uts', 'time', 'ipc', 'user', 'mnt' as ns, got [ { ns: 'pid', file: 1 } ] (object)",
  ],
  [
    { cgRoot: ['/x'] },
    /^Expected `cgRoot` to be an array of \{ controller\?: string, path: string \}/,
  ],
  [
    { veths: [{ inside: 'eth0' }] },
    /^Expected `veths` to be an array of \{ inside: string, outside/,
  ],
  [{ extMnt: [null] }, /^Expected `extMnt` to be an array of \{ key: string, value: string \}/],
  [{ unixSkIno: [1] }, '`unixSkIno` is no option of restore, only of dump'],
])('restore %o is refused', async (options, message) => {
  const error = await restore(options);
  expect(error.code).toBe('ERR_TUBTHUMP_OPTIONS');
  expect(error.message).toMatch(typeof message === 'string' ? exactly(message) : message);
});

test.each([
  ['preDump', { pid: 1, trackMem: false }, 'A pre-dump tracks memory: `trackMem` cannot be false'],
  ['preDump', {}, 'The preDump needs `pid`'],
  ['preDump', { tcpClose: true }, '`tcpClose` is no option of preDump, only of dump, restore'],
  ['startPageServer', { pid: 1 }, '`pid` is no option of pageServer, only of dump, preDump'],
  [
    'startPageServerChild',
    { pageServer: { fd: 0 } },
    'A page server listens by itself: give `pageServer` an address and a port',
  ],
  ['startPageServer', { imageDir: '/x' }, 'Unknown option `imageDir`; did you mean `imagesDir`?'],
  ['cpuinfoDump', { cpuCaps: [] }, 'Unknown option `cpuCaps`; did you mean `cpuCap`?'],
  ['cpuinfoCheck', { imagesDir: undefined }, 'The cpuinfoCheck needs `imagesDir`'],
] as const)('%s %o is refused', async (method, options, message) => {
  const error = await errorOf(swrk[method]({ imagesDir: '/tmp', ...options } as never));
  expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_OPTIONS', message });
});

test.each([
  ['inheritFd', []],
  ['rstSibling', true],
  ['pageServer', { fd: 0 }],
])('%s through a service is refused before it is connected to', async (name, value) => {
  const message = `\`${name}\` works only through swrk: \`criu service\` refuses it`;
  const error = await restore({ [name]: value }, service);
  expect(error).toMatchObject({ code: 'ERR_TUBTHUMP_OPTIONS', message });
});

test('options that are undefined are absent', async () => {
  const error = await restore({ inheritFd: undefined, signal: undefined }, service);
  expect(error.code).toBe('ERR_TUBTHUMP_RPC_CONNECT');
});

test('a directory that is not there is told apart: no image, or a wrong option', async () => {
  const missing = join(temporaryDirectory(), 'none');
  expect((await restore({ imagesDir: missing })).code).toBe('ERR_TUBTHUMP_IMAGE_MISSING');
  expect((await dump({ imagesDir: missing })).code).toBe('ERR_TUBTHUMP_OPTIONS');
  expect(existsSync(missing)).toBe(false);
});

test('nothing of a refused operation is left open', async () => {
  const before = readdirSync('/proc/self/fd').length;
  const imagesDir = temporaryDirectory();
  for (let i = 0; i < 50; i++) await dump({ imagesDir });
  // vitest may open a file or two meanwhile, not fifty.
  expect(readdirSync('/proc/self/fd').length).toBeLessThan(before + 40);
});

test.each([
  [{ criuu: '/x' }, 'Unknown option `criuu`; did you mean `criu`?'],
  [{ criu: 7 }, 'Expected `criu` to be a non-empty string, got 7 (number)'],
  [
    { environment: { A: 1 } },
    'Expected `environment` to be an object of strings, got { A: 1 } (object)',
  ],
  [
    { criu: '/x', service: '/y' },
    "Expected `criu`, `environment` and `warm` to be absent beside `service`, got '/y' (string)",
  ],
])('client options %o are refused', (options, message) => {
  expect(() => new CriuClient(options as object)).toThrow(message);
});

test('a request of an unknown type is refused', async () => {
  const error = await errorOf(swrk.request({ type: 'VERSIO' as 'VERSION' }));
  expect(error.message).toBe('Unknown option `VERSIO`; did you mean `VERSION`?');
});

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}
