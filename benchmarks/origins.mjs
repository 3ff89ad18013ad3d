// What it costs to remember who opens things: each operation with and without the recording, in
// turns, in fresh processes. `node benchmarks/origins.mjs` prints medians in microseconds of
// processor time.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import net, { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { summarise } from '../dist/bench/statistics.js';

const ROUNDS = 7;

/** Deep enough to be a real application's: 20 frames below the operation. */
const deep = (work, depth = 20) => (depth === 0 ? work() : deep(work, depth - 1));

const operations = {
  async openSync() {
    return each(20_000, () => deep(() => closeSync(openSync('/dev/null'))));
  },
  async connect() {
    const server = createServer((client) => client.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    const result = await each(2_000, async () => {
      const socket = deep(() => net.connect(port, '127.0.0.1'));
      socket.resume();
      await once(socket, 'close');
    });
    server.close();
    return result;
  },
};

async function each(times, work) {
  for (let i = 0; i < times / 10; i++) await work();
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) await work();
  // Time of the processor: other work on the machine does not count.
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

function measure(operation, recording) {
  const self = fileURLToPath(import.meta.url);
  return Number(execFileSync(process.execPath, [self, operation, recording], { encoding: 'utf8' }));
}

const [operation, recording] = process.argv.slice(2);
if (operation) {
  if (recording === 'on') (await import('../dist/origins/watch.js')).watchOrigins({ files: true });
  console.log(await operations[operation]());
} else {
  for (const name of Object.keys(operations)) {
    const samples = { off: [], on: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const state of ['off', 'on']) samples[state].push(measure(name, state));
    }
    const [off, on] = [summarise(samples.off).median, summarise(samples.on).median];
    console.log(`${name}: ${off.toFixed(2)} us without, ${on.toFixed(2)} us with the recording`);
  }
}
