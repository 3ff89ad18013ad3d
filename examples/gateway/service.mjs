// @ts-check
// What the gateway scales: slow to start, quick to answer.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/** Stands for parsing, indexing, compiling: whatever a real service does before it can serve. */
const index = new Map();
for (let number = 0; number < 150_000; number++) {
  index.set(createHash('sha256').update(`item ${number}`).digest('hex'), { number });
}
const keys = [...index.keys()];
let served = 0;

createServer((_request, response) => {
  const until = performance.now() + 4;
  let found = 0;
  while (performance.now() < until) found += index.get(keys[found % keys.length])?.number ?? 0;
  response.end(JSON.stringify({ served: ++served, pid: process.pid, items: index.size }));
}).listen(Number(process.env.PORT ?? 0), '127.0.0.1');
