// @ts-check
// A service with HEAP_MB of heap, for the memory of copies. Says so when it listens.
import { createServer } from 'node:http';

const megabytes = Number(process.env.HEAP_MB ?? 230);
const heap = Array.from({ length: megabytes * 10 }, (_, index) =>
  Array.from({ length: 12_500 }, (_, item) => index + item),
);
createServer((_request, response) => response.end(String(heap.length))).listen(
  Number(process.env.PORT ?? 0),
  process.env.HOST ?? '127.0.0.1',
  () => console.log('listening'),
);
