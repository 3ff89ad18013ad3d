import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../src/bench/image.js';
import { runMeter } from '../../src/bench/meter.js';
import { temporaryDirectory } from '../integration/harness.js';

const SERVICE = resolve('benchmarks/services/heap.cjs');
const start = [process.execPath, SERVICE];

async function meter(options: readonly string[], command = start, environment = {}) {
  const port = await freePort();
  return runMeter(['--port', `${port}`, ...options, '--', ...command], {
    ...{ ...process.env, PORT: `${port}`, HEAP_OBJECTS: '1000' },
    ...environment,
  });
}

describe('the meter', () => {
  it('measures a service, once it answers, and what it is asked', async () => {
    const load = ['--requests', '7', '--gc', '/gc', '--settle', '8', '--throughput', '8'];
    const { copies, cpuMs } = await meter([...load, '--own-network']);
    expect(copies).toHaveLength(1);
    const [copy] = copies;
    expect(copy?.answered).toBeGreaterThan(copy?.begin ?? Number.POSITIVE_INFINITY);
    expect(copy?.latenciesUs).toHaveLength(7);
    expect(copy?.latenciesUs.every((one) => one > 0)).toBe(true);
    expect(copy?.gcMs).toBeGreaterThan(0);
    expect(copy?.requestsPerSecond).toBeGreaterThan(0);
    // A Node process has some megabytes to itself, and shares its program with nobody in between.
    expect(copy?.privateKb).toBeGreaterThan(1024);
    expect(copy?.proportionalKb).toBeGreaterThan(copy?.privateKb ?? Number.POSITIVE_INFINITY);
    if (cpuMs !== null) expect(cpuMs).toBeGreaterThan(0);
  });

  it('starts several copies on the same port, and leaves none', async () => {
    const { copies } = await meter(['--copies', '3', '--own-network']);
    expect(copies).toHaveLength(3);
    for (const { answered, begin } of copies) expect(answered).toBeGreaterThan(begin);
  });

  it('lets the command end by itself when that is asked for', async () => {
    const file = join(temporaryDirectory(), 'ended');
    const script = `
      process.once('SIGTERM', () => { require('fs').writeFileSync('${file}', ''); process.exit(); });
      require('${SERVICE}');`;
    await meter(['--own-network', '--terminate'], [process.execPath, '-e', script]);
    expect(existsSync(file)).toBe(true);
  });

  it.each([
    ['ends', ['/bin/false'], /ended before it answered/],
    ['is not there', ['/no/such'], /\/no\/such: No such file.*ended before it answered/],
    ['never answers', ['/bin/sleep', '60'], /no answer in time/],
  ])('says that the command %s', async (_, command, message) => {
    await expect(meter(['--limit', '1', '--own-network'], command)).rejects.toThrow(message);
  });

  it('says that a later request failed', async () => {
    const script = `
      let count = 0;
      require('http').createServer((_, response) => {
        if (++count > 3) response.statusCode = 500;
        response.end('x');
      }).listen(process.env.PORT);`;
    const command = [process.execPath, '-e', script];
    await expect(meter(['--requests', '5', '--own-network'], command)).rejects.toThrow(
      /an answer has status 500/,
    );
  });

  it('sees that the port is taken, on the network of the machine', async () => {
    const taken = createServer((socket) => {
      socket.on('error', () => {}); // The meter reads no more than it has to.
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    });
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as { port: number };
    const measured = runMeter(['--port', `${port}`, '--', '/bin/true'], process.env);
    await expect(measured).rejects.toThrow(/the port is taken/);
    taken.close();
  });
});
