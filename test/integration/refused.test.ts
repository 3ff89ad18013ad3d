import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askCheckpoint } from '../../src/control/client.js';
import {
  get,
  launch,
  SERVICE,
  startService,
  temporaryDirectory,
  waitForOutput,
} from './harness.js';

const HOLDINGS = resolve('test/fixtures/holdings.mjs');
const OPEN = resolve('test/fixtures/open-and-exec.pl');

/** The message of the refused checkpoint; the service must go on and no image be there. */
async function refusalOf(command: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const images = join(temporaryDirectory(), 'image');
  const service = await startService(command, [], environment);
  const error = await askCheckpoint(service.pid, { images }).then(
    () => new Error('an image was made'),
    (reason: Error) => reason,
  );
  expect(existsSync(images)).toBe(false);
  expect((await get(service.port)).pid).toBe(service.pid);
  return error.message;
}

describe('what no image can have is refused by us, not by CRIU', () => {
  it.each([
    ['big-deleted', /fd \d+ deleted-file \S+\/held: a deleted file of 2\.1 MB is too big/],
    ['other-name', /fd \d+ deleted-file \S+\/held has other names: /],
    ['big-mapping', /mapping \S+\/held: .* was replaced or deleted after it was loaded/],
    ['tcp', /fd \d+ tcp-connected 127\.0\.0\.1:\d+ -> 127\.0\.0\.1:\d+ established: end the/],
    ['child', /child \d+ `sleep 60`: end it[\s\S]*ERR_TUBTHUMP_CHILDREN/],
    ['cluster-primary', /cluster primary with 1 worker: checkpoint[\s\S]*ERR_TUBTHUMP_CLUSTER/],
  ])('%s', async (kind, expected) => {
    const DIRECTORY = temporaryDirectory();
    const WORKER = join(DIRECTORY, 'worker.mjs');
    writeFileSync(WORKER, 'setInterval(() => {}, 1000);');
    const environment = {
      HOLD: kind,
      DIRECTORY,
      WORKER,
      ADDON: resolve('build/Release/tubthump.node'),
    };
    const message = await refusalOf([process.execPath, HOLDINGS], environment);
    expect(message).toMatch(expected);
    expect(message).not.toContain('ERR_TUBTHUMP_DUMP_FAILED');
  });

  it.each([
    ['pidfd', /fd 3 pidfd .*no copy has/],
    ['perf', /fd 3 anonymous anon_inode:\[perf_event\]: CRIU does not know it/],
    ['foreign-socket', /fd 3 unix-connected unnamed: the other end is another process/],
    ['vsock', /fd 3 socket socket:\[\d+\]: CRIU has no sockets of address family 40/],
    ['tty', /fd 3 tty \/dev\/ptmx: close the terminal/],
    ['fuse', /fd 3 device \/dev\/fuse: close the device/],
  ])('%s', async (kind, expected) => {
    const command = ['perl', OPEN, kind, '--', process.execPath, SERVICE];
    const message = await refusalOf(command);
    expect(message).toMatch(expected);
    expect(message).not.toContain('ERR_TUBTHUMP_DUMP_FAILED');
  });
});

describe('a refusal', () => {
  it('says which source line opened it, and which rule would solve it', async () => {
    const message = await refusalOf([process.execPath, HOLDINGS], {
      HOLD: 'tcp',
      DIRECTORY: temporaryDirectory(),
    });
    expect(message).toMatch(/opened at test\/fixtures\/holdings\.mjs:\d+:\d+/);
    expect(message).toMatch(/or by policy: close kind=tcp-connected remote=127\.0\.0\.1:\d+/);
  });

  it('names the npm package that opened it, and the line of the application', async () => {
    const directory = temporaryDirectory();
    const modules = join(directory, 'node_modules/@acme/pool');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(modules, { recursive: true });
    writeFileSync(
      join(modules, 'package.json'),
      JSON.stringify({ name: '@acme/pool', version: '4.5.6', main: 'index.js' }),
    );
    writeFileSync(
      join(modules, 'index.js'),
      "const net = require('node:net');\n\nexports.open = (port) => net.connect(port, '127.0.0.1');\n",
    );
    writeFileSync(
      join(directory, 'app.cjs'),
      `const http = require('node:http');
const pool = require('@acme/pool');
const sink = require('node:net').createServer(() => {}).listen(0, '127.0.0.1', () => {
  pool.open(sink.address().port).on('connect', () => {
    sink.close();
    serve();
  });
});
function serve() {
  const server = http.createServer((_, response) => response.end(JSON.stringify({ pid: process.pid })));
  server.listen(0, '127.0.0.1', () => console.log('listening on %d', server.address().port));
}
`,
    );
    const message = await refusalOf([process.execPath, join(directory, 'app.cjs')]);
    expect(message).toMatch(
      /opened by @acme\/pool@4\.5\.6 \(.*\/@acme\/pool\/index\.js:3:30\), from .*\/app\.cjs:4:8/,
    );
  });

  it('is data as well', async () => {
    const directory = temporaryDirectory();
    const script = join(directory, 'app.mjs');
    writeFileSync(
      script,
      `import { spawn } from 'node:child_process';
import { Core } from ${JSON.stringify(resolve('dist/index.js'))};
const child = spawn('sleep', ['60'], { stdio: 'ignore' });
const { errors } = await Core.checkpointRestore({ images: 'image' }).catch((error) => error);
const [{ code, refusals, name }] = errors;
const { holding, rule, opener } = refusals[0];
console.log(JSON.stringify([name, code, holding.pid === child.pid, rule, opener.at]));
child.kill();
`,
    );
    const running = launch(['run', '--', process.execPath, script]);
    const line = await waitForOutput(running, /^(\[.*\])$/m);
    expect(JSON.parse(line)).toEqual([
      'HoldingsError',
      'ERR_TUBTHUMP_CHILDREN',
      true,
      'reopen kind=child command="sleep 60"',
      expect.stringMatching(/app\.mjs:3:15$/),
    ]);
  });
});
