// A service with much state of its own, of which a request needs little: HEAP_MB of V8's heap.
import { createServer } from 'node:http';

const RECORD_BYTES = 240;
const count = Math.round((Number(process.env.HEAP_MB ?? 200) * 2 ** 20) / RECORD_BYTES);

const records = Array.from({ length: count }, (_, id) => ({
  id,
  name: `record ${id}`,
  price: id / 7,
  tags: [`tag ${id % 31}`, `tag ${id % 17}`],
  seen: { at: id * 1000, by: `user ${id % 1009}` },
}));

let requests = 0;

const server = createServer((_request, response) => {
  requests++;
  const some = records.slice(requests % 100, (requests % 100) + 5);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ requests, count, some }));
});

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
