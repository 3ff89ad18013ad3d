// The smallest workload: a bare Node HTTP service, with no dependency and hardly any state.
import { createServer } from 'node:http';

let requests = 0;

const server = createServer((_request, response) => {
  requests++;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ requests }));
});

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
