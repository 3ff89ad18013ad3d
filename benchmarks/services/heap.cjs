// A bare Node HTTP service with as much heap as wanted. In one file and without dependencies, so that
// it can also be started from a snapshot of Node's own.
//
//   PORT          where it listens on the loopback
//   HEAP_OBJECTS  orders that it keeps in memory, some 0.6 kB each (default: 0)
//
//   GET /         an order, and what others of the same customer are worth
//   GET /gc       after a full collection: how many orders there are
const { setFlagsFromString, startupSnapshot } = require('node:v8');

const CUSTOMERS = 1000;

/** Objects, strings, numbers, arrays and a map: what the heap of a service is made of. */
function order(id) {
  return {
    id,
    customer: id % CUSTOMERS,
    reference: `order-${id.toString(36).padStart(8, '0')}`,
    placed: new Date(1.7e12 + id * 1000).toISOString(),
    total: id * 1.25 + 0.5,
    lines: [0, 1, 2].map((line) => ({
      sku: `sku-${(id * 7 + line) % 5000}`,
      quantity: line + 1,
      price: (id % 100) + line / 4,
    })),
  };
}

const orders = new Map();
const byCustomer = Array.from({ length: CUSTOMERS }, () => []);
for (let id = 0; id < Number(process.env.HEAP_OBJECTS ?? 0); id++) {
  const one = order(id);
  orders.set(one.reference, one);
  byCustomer[one.customer].push(one);
}

let requests = 0;

function answer() {
  requests++;
  const customer = requests % CUSTOMERS;
  const theirs = byCustomer[customer].slice(0, 100);
  const worth = theirs.reduce((sum, { total }) => sum + total, 0);
  return { requests, customer, worth, order: orders.get(theirs.at(-1)?.reference) };
}

function collect() {
  setFlagsFromString('--expose-gc');
  require('node:vm').runInNewContext('gc')();
  return { orders: orders.size };
}

function serve() {
  // Not at the top: what node:http makes when it is loaded cannot be in a snapshot.
  const { createServer } = require('node:http');
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/gc' ? collect() : answer()));
  });
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
}

if (startupSnapshot.isBuildingSnapshot()) startupSnapshot.setDeserializeMainFunction(serve);
else serve();
